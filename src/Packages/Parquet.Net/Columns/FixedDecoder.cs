using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Parquet.Encodings;
using Encoding = Parquet.Meta.Encoding;

namespace Parquet.Columns;

/// <summary>Values of a fixed number of bytes, stored as they lie in memory (little endian).</summary>
internal sealed class FixedDecoder<T>(int capacity) : ColumnDecoder<T>(capacity)
    where T : unmanaged
{
    protected override long MinPlainLength(int count) => (long)count * Unsafe.SizeOf<T>();

    protected override void DecodePlain(ReadOnlySpan<byte> page, Span<T> destination) =>
        page[..(destination.Length * Unsafe.SizeOf<T>())].CopyTo(MemoryMarshal.AsBytes(destination));

    protected override void Decode(Encoding encoding, ReadOnlySpan<byte> page, Span<T> destination)
    {
        switch (encoding)
        {
            case Encoding.DELTA_BINARY_PACKED when typeof(T) == typeof(int):
                new DeltaBinaryPackedDecoder(page).Decode(MemoryMarshal.Cast<T, int>(destination));
                break;
            case Encoding.DELTA_BINARY_PACKED when typeof(T) == typeof(long):
                new DeltaBinaryPackedDecoder(page).Decode(MemoryMarshal.Cast<T, long>(destination));
                break;
            case Encoding.BYTE_STREAM_SPLIT:
                DecodeStreams(page, destination);
                break;
            default:
                base.Decode(encoding, page, destination);
                break;
        }
    }

    /// <summary>All first bytes, then all second bytes, and so on.</summary>
    private static void DecodeStreams(ReadOnlySpan<byte> page, Span<T> destination)
    {
        var size = Unsafe.SizeOf<T>();
        if (page.Length < (long)destination.Length * size)
        {
            throw new InvalidDataException($"a page of {page.Length} bytes cannot hold {destination.Length} values");
        }

        var bytes = MemoryMarshal.AsBytes(destination);
        for (var stream = 0; stream < size; stream++)
        {
            var source = page.Slice(stream * destination.Length, destination.Length);
            for (var i = 0; i < source.Length; i++)
            {
                bytes[i * size + stream] = source[i];
            }
        }
    }
}
