namespace Pipelines.Stages.Tables;

/// <summary>
/// The fields of a structure in the metadata of a Parquet file (github.com/apache/parquet-format, parquet.thrift). Readers take a field for
/// what its number says, whatever type stands beside it; so one changed bit has them read on at another place.
/// </summary>
internal sealed class ThriftShape
{
    private const byte Bool = ThriftReader.True, I8 = ThriftReader.Byte, I16 = ThriftReader.Int16, I32 = ThriftReader.Int32,
        I64 = ThriftReader.Int64, Text = ThriftReader.Binary;

    private static readonly ThriftShape Empty = new();
    private static readonly ThriftShape KeyValue = new((1, Text), (2, Text));
    private static readonly ThriftShape Unit = new((1, Empty), (2, Empty), (3, Empty));
    private static readonly ThriftShape Time = new((1, Bool), (2, Unit));
    private static readonly ThriftShape LogicalType = new(
        (1, Empty), (2, Empty), (3, Empty), (4, Empty), (5, new ThriftShape((1, I32), (2, I32))), (6, Empty), (7, Time), (8, Time),
        (10, new ThriftShape((1, I8), (2, Bool))), (11, Empty), (12, Empty), (13, Empty), (14, Empty), (15, Empty));

    private static readonly ThriftShape Statistics = new(
        (1, Text), (2, Text), (3, I64), (4, I64), (5, Text), (6, Text), (7, Bool), (8, Bool));

    private static readonly ThriftShape SchemaElement = new(
        (1, I32), (2, I32), (3, I32), (4, Text), (5, I32), (6, I32), (7, I32), (8, I32), (9, I32), (10, LogicalType));

    private static readonly ThriftShape ColumnMetaData = new(
        (1, I32), (2, Field.ListOf(I32)), (3, Field.ListOf(Text)), (4, I32), (5, I64), (6, I64), (7, I64), (8, Field.ListOf(KeyValue)),
        (9, I64), (10, I64), (11, I64), (12, Statistics), (13, Field.ListOf(new ThriftShape((1, I32), (2, I32), (3, I32)))), (14, I64),
        (15, I32), (16, new ThriftShape((1, I64), (2, Field.ListOf(I64)), (3, Field.ListOf(I64)))));

    private static readonly ThriftShape ColumnChunk = new(
        (1, Text), (2, I64), (3, ColumnMetaData), (4, I64), (5, I32), (6, I64), (7, I32), (8, Empty), (9, Text));

    private static readonly ThriftShape RowGroup = new(
        (1, Field.ListOf(ColumnChunk)), (2, I64), (3, I64), (4, Field.ListOf(new ThriftShape((1, I32), (2, Bool), (3, Bool)))), (5, I64),
        (6, I64), (7, I16));

    private readonly Dictionary<int, Field> _fields;

    private ThriftShape(params ReadOnlySpan<(int Id, Field Field)> fields)
    {
        _fields = new(fields.Length);
        foreach (var (id, field) in fields)
            _fields.Add(id, field);
    }

    /// <summary>The footer.</summary>
    public static ThriftShape FileMetaData { get; } = new(
        (1, I32), (2, Field.ListOf(SchemaElement)), (3, I64), (4, Field.ListOf(RowGroup)), (5, Field.ListOf(KeyValue)), (6, Text),
        (7, Field.ListOf(Empty)), (8, Empty), (9, Text));

    /// <summary>What stands before a page.</summary>
    public static ThriftShape PageHeader { get; } = new(
        (1, I32), (2, I32), (3, I32), (4, I32),
        (5, new ThriftShape((1, I32), (2, I32), (3, I32), (4, I32), (5, Statistics))), (6, Empty),
        (7, new ThriftShape((1, I32), (2, I32), (3, Bool))),
        (8, new ThriftShape((1, I32), (2, I32), (3, I32), (4, I32), (5, I32), (6, I32), (7, Bool), (8, Statistics))));

    /// <summary>Null for a field of a later version of the format.</summary>
    public Field? FieldOf(int id) => _fields.GetValueOrDefault(id);

    /// <param name="Shape">Null where it, or an item of it, is no structure.</param>
    /// <param name="Item">Type of the items of a list; 0 where it is none.</param>
    internal sealed record Field(byte Type, ThriftShape? Shape, byte Item)
    {
        public static implicit operator Field(byte type) => new(type, null, 0);

        public static implicit operator Field(ThriftShape shape) => new(ThriftReader.Struct, shape, 0);

        public static Field ListOf(Field item) => new(ThriftReader.List, item.Shape, item.Type);
    }
}
