using Parquet.Meta;
using Parquet.Schema;
using PhysicalType = Parquet.Meta.Type;

namespace Parquet.Columns;

/// <summary>Chooses the decoder for a column.</summary>
internal static class ColumnDecoders
{
    /// <exception cref="NotSupportedException">The file stores the column in a way that does not fit the field.</exception>
    public static ColumnDecoder Create(DataField field, SchemaElement element, int capacity)
    {
        var type = field.ClrType;
        return element.Type switch
        {
            PhysicalType.BOOLEAN when type == typeof(bool) => new BooleanDecoder(capacity),
            PhysicalType.INT32 => FromInt32(type, element, capacity),
            PhysicalType.INT64 => FromInt64(type, element, capacity),
            PhysicalType.INT96 when type == typeof(DateTime) =>
                new ConvertedDecoder<Int96, DateTime>(new FixedDecoder<Int96>(capacity), value => value.ToDateTime()),
            PhysicalType.FLOAT when type == typeof(float) => new FixedDecoder<float>(capacity),
            PhysicalType.DOUBLE when type == typeof(double) => new FixedDecoder<double>(capacity),
            PhysicalType.BYTE_ARRAY when type == typeof(string) => new StringDecoder(capacity),
            PhysicalType.BYTE_ARRAY => FromBytes(new BytesDecoder(capacity), type, element),
            PhysicalType.FIXED_LEN_BYTE_ARRAY => FromBytes(new FixedBytesDecoder(element.TypeLength, capacity), type, element),
            _ => throw Mismatch(type, element),
        };
    }

    private static ColumnDecoder FromInt32(System.Type type, SchemaElement element, int capacity)
    {
        var stored = new FixedDecoder<int>(capacity);
        return true switch
        {
            _ when type == typeof(int) => stored,
            _ when type == typeof(sbyte) => new ConvertedDecoder<int, sbyte>(stored, value => unchecked((sbyte)value)),
            _ when type == typeof(byte) => new ConvertedDecoder<int, byte>(stored, value => unchecked((byte)value)),
            _ when type == typeof(short) => new ConvertedDecoder<int, short>(stored, value => unchecked((short)value)),
            _ when type == typeof(ushort) => new ConvertedDecoder<int, ushort>(stored, value => unchecked((ushort)value)),
            _ when type == typeof(uint) => new ConvertedDecoder<int, uint>(stored, value => unchecked((uint)value)),
            _ when type == typeof(DateTime) => new ConvertedDecoder<int, DateTime>(stored, Moments.FromDays),
            _ when type == typeof(TimeSpan) => new ConvertedDecoder<int, TimeSpan>(stored, value => TimeSpan.FromMilliseconds(value)),
            _ when type == typeof(decimal) =>
                new ConvertedDecoder<int, decimal>(stored, value => Decimals.Scale(value, element.Scale)),
            _ => throw Mismatch(type, element),
        };
    }

    private static ColumnDecoder FromInt64(System.Type type, SchemaElement element, int capacity)
    {
        var stored = new FixedDecoder<long>(capacity);
        return true switch
        {
            _ when type == typeof(long) => stored,
            _ when type == typeof(ulong) => new ConvertedDecoder<long, ulong>(stored, value => unchecked((ulong)value)),
            _ when type == typeof(DateTime) => new ConvertedDecoder<long, DateTime>(stored, Moments.Reader(element)),
            _ when type == typeof(TimeSpan) => new ConvertedDecoder<long, TimeSpan>(stored, value => TimeSpan.FromMicroseconds(value)),
            _ when type == typeof(decimal) =>
                new ConvertedDecoder<long, decimal>(stored, value => Decimals.Scale(value, element.Scale)),
            _ => throw Mismatch(type, element),
        };
    }

    private static ColumnDecoder FromBytes(ColumnDecoder<byte[]> stored, System.Type type, SchemaElement element) => true switch
    {
        _ when type == typeof(byte[]) => stored,
        _ when type == typeof(string) => new ConvertedDecoder<byte[], string>(stored, value => System.Text.Encoding.UTF8.GetString(value)),
        _ when type == typeof(Guid) => new ConvertedDecoder<byte[], Guid>(stored, value => new Guid(value, bigEndian: true)),
        _ when type == typeof(decimal) => new ConvertedDecoder<byte[], decimal>(stored, value => Decimals.FromBytes(value, element.Scale)),
        _ => throw Mismatch(type, element),
    };

    private static NotSupportedException Mismatch(System.Type type, SchemaElement element) =>
        new($"column '{element.Name}' is stored as {element.Type} and cannot be read as {type}");
}
