using Parquet.Meta;
using PhysicalType = Parquet.Meta.Type;

namespace Parquet.Columns;

/// <summary>Chooses the encoder for a column.</summary>
internal static class ColumnEncoders
{
    /// <exception cref="NotSupportedException">Values of this type cannot be written.</exception>
    public static ColumnEncoder Create(Array defined, SchemaElement element, ParquetOptions options) => defined switch
    {
        bool[] values => new BooleanEncoder(values),
        string[] values => new StringEncoder(values, options),
        byte[][] values => new BytesEncoder(values),
        float[] values => new FixedEncoder<float>(values, options),
        double[] values => new FixedEncoder<double>(values, options),
        DateTime[] values => FromMoments(values, element, options),
        _ => FromIntegers(defined, options),
    };

    /// <summary>Asks for the exact type first: arrays of signed and unsigned numbers pass for each other.</summary>
    private static ColumnEncoder FromIntegers(Array defined, ParquetOptions options)
    {
        var type = defined.GetType().GetElementType();
        return true switch
        {
            _ when type == typeof(int) => new FixedEncoder<int>((int[])defined, options),
            _ when type == typeof(long) => new FixedEncoder<long>((long[])defined, options),
            _ when type == typeof(sbyte) => FromNarrow((sbyte[])defined, value => value, options),
            _ when type == typeof(byte) => FromNarrow((byte[])defined, value => value, options),
            _ when type == typeof(short) => FromNarrow((short[])defined, value => value, options),
            _ when type == typeof(ushort) => FromNarrow((ushort[])defined, value => value, options),
            _ when type == typeof(uint) => new FixedEncoder<uint>((uint[])defined, options),
            _ when type == typeof(ulong) => new FixedEncoder<ulong>((ulong[])defined, options),
            _ => throw new NotSupportedException($"columns of {type} can be read, not written"),
        };
    }

    private static FixedEncoder<int> FromNarrow<T>(T[] values, Converter<T, int> widen, ParquetOptions options) =>
        new(Array.ConvertAll(values, widen), options);

    private static ColumnEncoder FromMoments(DateTime[] values, SchemaElement element, ParquetOptions options) => element.Type switch
    {
        PhysicalType.INT32 => new FixedEncoder<int>(
            Array.ConvertAll(values, value => (Moments.ToUtc(value).Date - DateTime.UnixEpoch).Days), options),
        PhysicalType.INT64 => new FixedEncoder<long>(
            Array.ConvertAll(values, new Converter<DateTime, long>(Moments.Writer(element))), options),
        _ => new Int96Encoder(Array.ConvertAll(values, Int96.From)),
    };
}
