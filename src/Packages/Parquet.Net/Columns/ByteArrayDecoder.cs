using Parquet.Encodings;
using Encoding = Parquet.Meta.Encoding;

namespace Parquet.Columns;

/// <summary>Values of varying length: strings and byte arrays.</summary>
internal abstract class ByteArrayDecoder<T>(int capacity) : ColumnDecoder<T>(capacity)
{
    protected abstract T Create(ReadOnlySpan<byte> value);

    protected override long MinPlainLength(int count) => (long)count * sizeof(int);

    protected override void DecodePlain(ReadOnlySpan<byte> page, Span<T> destination)
    {
        foreach (ref var value in destination)
        {
            value = Create(PlainByteArrays.Take(ref page));
        }
    }

    protected override void Decode(Encoding encoding, ReadOnlySpan<byte> page, Span<T> destination)
    {
        var values = new T[destination.Length];
        switch (encoding)
        {
            case Encoding.DELTA_LENGTH_BYTE_ARRAY:
                DeltaByteArrays.DecodeLengths(page, values.Length, (i, value) => values[i] = Create(value));
                break;
            case Encoding.DELTA_BYTE_ARRAY:
                DeltaByteArrays.DecodePrefixes(page, values.Length, (i, value) => values[i] = Create(value));
                break;
            default:
                base.Decode(encoding, page, destination);
                break;
        }

        values.CopyTo(destination);
    }
}
