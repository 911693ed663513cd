using System.Buffers.Binary;
using Parquet.Encodings;
using Encoding = Parquet.Meta.Encoding;

namespace Parquet.Columns;

/// <summary>Truth values, one bit each.</summary>
internal sealed class BooleanDecoder(int capacity) : ColumnDecoder<bool>(capacity)
{
    protected override long MinPlainLength(int count) => (count + 7L) / 8;

    protected override void DecodePlain(ReadOnlySpan<byte> page, Span<bool> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = (page[i >> 3] >> (i & 7) & 1) != 0;
        }
    }

    protected override void Decode(Encoding encoding, ReadOnlySpan<byte> page, Span<bool> destination)
    {
        if (encoding != Encoding.RLE)
        {
            base.Decode(encoding, page, destination);
        }

        if (page.Length < sizeof(int))
        {
            throw new InvalidDataException("a page of truth values ends too early");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(page);
        if (length < 0 || length > page.Length - sizeof(int))
        {
            throw new InvalidDataException("a page of truth values ends too early");
        }

        var numbers = new int[destination.Length];
        HybridDecoder.Decode(page.Slice(sizeof(int), length), 1, numbers);
        for (var i = 0; i < numbers.Length; i++)
        {
            destination[i] = numbers[i] != 0;
        }
    }
}
