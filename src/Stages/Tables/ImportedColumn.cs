using System.Diagnostics;
using Parquet.Schema;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables;

/// <summary>One column of a foreign Parquet file.</summary>
internal sealed class ImportedColumn
{
    private readonly ListField? _list;

    private ImportedColumn(string name, DataField field, ListField? list, ColumnType type) =>
        (Name, Field, _list, Type) = (name, field, list, type);

    public string Name { get; }

    public DataField Field { get; }

    /// <summary>The type it gets in the table.</summary>
    public ColumnType Type { get; set; }

    /// <summary>Null for a type that no table holds.</summary>
    public static ImportedColumn? Of(Field field) => field switch
    {
        DataField { IsArray: false } scalar when ElementOf(scalar) is { } element => new(field.Name, scalar, null, new(element)),
        ListField { Item: DataField { IsArray: false } item } list when ElementOf(item) is { } element =>
            new(field.Name, item, list, new(element, IsList: true)),
        _ => null,
    };

    public static string Describe(Field field) => field switch
    {
        DataField data when data.ClrType == typeof(ReadOnlyMemory<byte>) => "bytes",
        DataField data => data.ClrType.Name.ToLowerInvariant(),
        _ => field.SchemaType.ToString().ToLowerInvariant(),
    };

    /// <summary>Whether the column may be converted: numbers may become another type of number.</summary>
    public bool MayBecome(ColumnType wanted) =>
        wanted != Type && wanted.IsList == Type.IsList && IsNumber(wanted.Element) && IsNumber(Type.Element);

    public bool Fits(ColumnType wanted, ParquetColumn data) => As(wanted, data) is not null;

    /// <summary>Null where a value is missing, and the type knows no missing ones.</summary>
    public ColumnData? Read(ParquetColumn data) => As(Type, data);

    public ColumnData Empty() =>
        Made(Type, Array.CreateInstance(Type.Element == ElementType.String ? typeof(string) : Field.ClrType, 0), Type.IsList ? [0] : null)!;

    private ColumnData? As(ColumnType type, ParquetColumn data)
    {
        if (_list is not null)
            return IsWhole(Consistent(data)) ? Made(type, data.Defined, TableReader.Offsets(data)) : null;
        if (data.IsFull)
            return Made(type, data.Defined, null);
        return type.Element switch
        {
            ElementType.String => new Values<string>(Name, data.Spread<string>(missing: null!)),
            ElementType.Float or ElementType.Double when NumberArrays.Exact<double>(data.Defined) is { } numbers =>
                Made(type, (data with { Defined = numbers }).Spread(missing: double.NaN), null),
            ElementType.Float or ElementType.Double or ElementType.Int or ElementType.Long or ElementType.Bool => null,
            _ => throw new UnreachableException(),
        };
    }

    // A missing list or item has a definition level between that of an empty list and that of a value.
    private bool IsWhole(ParquetColumn data)
    {
        var item = Field.IsNullable ? Field.MaxDefinitionLevel - 1 : Field.MaxDefinitionLevel;
        return (data.DefinitionLevels ?? [])
            .All(level => level == Field.MaxDefinitionLevel || (level < item && !(_list!.IsNullable && level == 0)));
    }

    // What is no item stands for a whole row: an empty list, or a missing one.
    private ParquetColumn Consistent(ParquetColumn data)
    {
        var (repetition, definition) = (data.RepetitionLevels ?? [], data.DefinitionLevels ?? []);
        var item = Field.IsNullable ? Field.MaxDefinitionLevel - 1 : Field.MaxDefinitionLevel;
        for (var i = 0; i < repetition.Length; i++)
            if (repetition[i] != 0 && (i == 0 || definition[i] < item || definition[i - 1] < item))
                throw new InvalidDataException($"the levels of the column '{Name}' contradict each other");
        return data;
    }

    private ColumnData? Made(ColumnType type, Array values, int[]? offsets) => type.Element switch
    {
        ElementType.String => Column((string[])values, offsets),
        ElementType.Bool => Column((bool[])values, offsets),
        ElementType.Int => Column(NumberArrays.Exact<int>(values), offsets),
        ElementType.Long => Column(NumberArrays.Exact<long>(values), offsets),
        ElementType.Float => Column(NumberArrays.Exact<float>(values), offsets),
        ElementType.Double => Column(NumberArrays.Exact<double>(values), offsets),
        _ => throw new UnreachableException(),
    };

    private ColumnData? Column<T>(T[]? values, int[]? offsets) =>
        values is null ? null : offsets is null ? new Values<T>(Name, values) : new Lists<T>(Name, values, offsets);

    private static bool IsNumber(ElementType element) =>
        element is ElementType.Int or ElementType.Long or ElementType.Float or ElementType.Double;

    private static ElementType? ElementOf(DataField field) => System.Type.GetTypeCode(field.ClrType) switch
    {
        _ when ParquetColumn.IsText(field) => ElementType.String,
        TypeCode.Boolean => ElementType.Bool,
        TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 => ElementType.Int,
        TypeCode.UInt32 or TypeCode.Int64 => ElementType.Long,
        TypeCode.Single => ElementType.Float,
        TypeCode.Double => ElementType.Double,
        _ => null,
    };
}
