using Parquet.Columns;
using Parquet.Schema;

namespace Parquet.Data;

/// <summary>The values of a column in one row group, with the levels that place them in rows and lists.</summary>
public class DataColumn
{
    private readonly int _valueCount;
    private int[]? _definitionLevels;
    private Array? _data;

    /// <summary>A column of values among which there may be nulls.</summary>
    /// <param name="field">A field of a schema.</param>
    /// <param name="data">Values of type <see cref="DataField.ClrNullableIfHasNullsType"/>.</param>
    /// <param name="repetitionLevels">One per value, 0 where a row begins; for repeated fields only.</param>
    /// <exception cref="ArgumentException">The field belongs to no schema, or the values are of another type.</exception>
    public DataColumn(DataField field, Array data, int[]? repetitionLevels = null)
    {
        Check(field, data, repetitionLevels);
        CheckType(data, field.ClrNullableIfHasNullsType);
        Field = field;
        RepetitionLevels = repetitionLevels;
        _valueCount = data.Length;
        _data = data;
        if (field.MaxDefinitionLevel == 0)
        {
            DefinedData = data;
            Statistics.NullCount = 0;
            return;
        }

        var type = ColumnTypes.Of(field.ClrType);
        var nulls = type.CountNulls(data);
        _definitionLevels = new int[data.Length];
        DefinedData = type.Pack(data, nulls, _definitionLevels, field.MaxDefinitionLevel);
        Statistics.NullCount = nulls;
    }

    public DataColumn(DataField field, Array data)
        : this(field, data, null)
    {
    }

    /// <summary>A column of defined values and explicit levels, which can say that a list is empty or missing.</summary>
    /// <param name="field">A field of a schema.</param>
    /// <param name="definedData">Values of type <see cref="DataField.ClrType"/>, nulls left out.</param>
    /// <param name="definitionLevels">One per value or null, up to the field's <see cref="Field.MaxDefinitionLevel"/>.</param>
    /// <param name="repetitionLevels">One per value or null, 0 where a row begins; for repeated fields only.</param>
    /// <exception cref="ArgumentException">The field belongs to no schema, the values are of another type, levels are missing.</exception>
    public DataColumn(DataField field, Array definedData, int[]? definitionLevels, int[]? repetitionLevels)
    {
        Check(field, definedData, repetitionLevels);
        if (field.MaxDefinitionLevel == 0 && definitionLevels is not null)
        {
            throw new ArgumentException("this column must not have any definition levels", nameof(definitionLevels));
        }

        CheckType(definedData, field.ClrType);
        if (field.MaxDefinitionLevel > 0 && definitionLevels is null && definedData.Length > 0)
        {
            throw new ArgumentNullException(
                nameof(definitionLevels), $"definition levels are required (DL={field.MaxDefinitionLevel})");
        }

        Field = field;
        DefinedData = definedData;
        RepetitionLevels = repetitionLevels;
        _definitionLevels = definitionLevels;
        _valueCount = definitionLevels?.Length ?? definedData.Length;
        Statistics.NullCount = definitionLevels is null
            ? 0
            : definitionLevels.Length - definitionLevels.AsSpan().Count(field.MaxDefinitionLevel);
    }

    /// <summary>A column as it was read; without definition levels, every value is defined.</summary>
    internal DataColumn(
        DataField field, Array definedData, int[]? definitionLevels, int[]? repetitionLevels, DataColumnStatistics? statistics)
    {
        Field = field;
        DefinedData = definedData;
        RepetitionLevels = repetitionLevels;
        _definitionLevels = definitionLevels;
        _valueCount = definitionLevels?.Length ?? definedData.Length;
        if (statistics is not null)
        {
            Statistics = statistics;
        }
        else
        {
            Statistics.NullCount = _valueCount - definedData.Length;
        }
    }

    public DataField Field { get; }

    /// <summary>The values that are not null.</summary>
    public Array DefinedData { get; }

    /// <summary>The values with nulls in their places; for a field that is not nullable, the defined values.</summary>
    public Array Data => _data ??= Unpack();

    /// <summary>One level per value or null; null where every value must be defined.</summary>
    public int[]? DefinitionLevels
    {
        get
        {
            if (_definitionLevels is null && HasDefinitions)
            {
                _definitionLevels = new int[_valueCount];
                Array.Fill(_definitionLevels, Field.MaxDefinitionLevel);
            }

            return _definitionLevels;
        }
    }

    public int[]? RepetitionLevels { get; }

    public bool HasRepetitions => RepetitionLevels is not null;

    public bool HasDefinitions => Field.MaxDefinitionLevel > 0 && (_valueCount > 0 || _definitionLevels is not null);

    /// <summary>Extremes and null count, as far as the file tells them.</summary>
    public DataColumnStatistics Statistics { get; internal set; } = new();

    /// <summary>Values, nulls, and places of empty or missing lists.</summary>
    public int NumValues => _valueCount;

    /// <summary>False when it is known, without building the levels, that nothing is missing.</summary>
    internal bool MayHaveNulls => _valueCount != DefinedData.Length;

    internal long RowCount => Field.MaxRepetitionLevel == 0 ? NumValues : RepetitionLevels.AsSpan().Count(0);

    /// <exception cref="InvalidOperationException">The values are of another type.</exception>
    public Span<T> AsSpan<T>(int? offset = null, int? count = null)
    {
        if (Data is not T[] values)
        {
            throw new InvalidOperationException($"data is not castable to {typeof(T)}[]");
        }

        var span = values.AsSpan(offset ?? 0);
        return count is { } length ? span[..length] : span;
    }

    public override string ToString() => Field.ToString();

    private Array Unpack()
    {
        if (!HasDefinitions || !Field.IsNullable)
        {
            return DefinedData;
        }

        var type = ColumnTypes.Of(Field.ClrType);
        return MayHaveNulls
            ? type.Unpack(DefinedData, DefinitionLevels, Field.MaxDefinitionLevel)
            : type.AsNullable(DefinedData);
    }

    private static void Check(DataField field, Array data, int[]? repetitionLevels)
    {
        ArgumentNullException.ThrowIfNull(field);
        field.EnsureAttachedToSchema(nameof(field));
        ArgumentNullException.ThrowIfNull(data);
        if (field.MaxRepetitionLevel == 0 && repetitionLevels is not null)
        {
            throw new ArgumentException("this column must not have any repetition levels", nameof(repetitionLevels));
        }

        if (field.MaxRepetitionLevel > 0 && repetitionLevels is null && data.Length > 0)
        {
            throw new ArgumentNullException(
                nameof(repetitionLevels), $"repetition levels are required (RL={field.MaxRepetitionLevel})");
        }
    }

    private static void CheckType(Array data, Type expected)
    {
        var actual = data.GetType().GetElementType();
        if (actual != expected)
        {
            throw new ArgumentException($"expected {expected}[] but passed {actual}[]", nameof(data));
        }
    }
}
