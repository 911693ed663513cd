using System.Buffers.Binary;
using System.IO.Compression;
using Parquet.Meta;

namespace Pipelines.Stages.Tables;

/// <summary>
/// Pages as they were before compression. The package takes compressed pages that end early or late for whole ones; here a page has exactly
/// the bytes that its header tells of, or it is damaged.
/// </summary>
internal static class PageContent
{
    /// <param name="bytes">How many there are before compression.</param>
    /// <exception cref="InvalidDataException">There are more or fewer, or they are damaged.</exception>
    public static byte[] Of(byte[] stored, CompressionCodec codec, int bytes) => codec switch
    {
        CompressionCodec.UNCOMPRESSED when stored.Length == bytes => stored,
        CompressionCodec.SNAPPY => Snappy(stored, bytes),
        CompressionCodec.GZIP => All(new GZipStream(new MemoryStream(stored), CompressionMode.Decompress), bytes),
        CompressionCodec.BROTLI => All(new BrotliStream(new MemoryStream(stored), CompressionMode.Decompress), bytes),
        CompressionCodec.ZSTD => All(new ZstdSharp.DecompressionStream(new MemoryStream(stored)), bytes),
        CompressionCodec.UNCOMPRESSED => throw Wrong(),
        _ => throw new InvalidDataException($"it is compressed by {codec}, which is not read; snappy, gzip, brotli and zstd are"),
    };

    private static byte[] All(Stream content, int bytes)
    {
        using (content)
        {
            var all = new byte[bytes];
            try
            {
                content.ReadExactly(all);
                return content.ReadByte() < 0 ? all : throw Wrong();
            }
            catch (Exception error) when (error is EndOfStreamException or InvalidOperationException or ZstdSharp.ZstdException)
            {
                throw Wrong();
            }
        }
    }

    // The length, then pieces: what stands there, or what stood some bytes before.
    private static byte[] Snappy(ReadOnlySpan<byte> stored, int bytes)
    {
        var all = new byte[bytes];
        var (at, filled) = (0, 0);
        if (Varint(stored, ref at) != bytes)
            throw Wrong();
        while (at < stored.Length)
        {
            var tag = stored[at++];
            (long length, long offset) = (tag & 3) switch
            {
                0 => (Number(stored, ref at, Math.Max(0, (tag >> 2) - 59), tag >> 2) + 1, 0L),
                1 => ((tag >> 2 & 7) + 4L, Number(stored, ref at, 1, 0) | ((long)(tag >> 5) << 8)),
                2 => ((tag >> 2) + 1L, Number(stored, ref at, 2, 0)),
                _ => ((tag >> 2) + 1L, Number(stored, ref at, 4, 0)),
            };
            if (length > bytes - filled || ((tag & 3) == 0 ? length > stored.Length - at : offset == 0 || offset > filled))
                throw Wrong();
            if ((tag & 3) == 0)
            {
                stored.Slice(at, (int)length).CopyTo(all.AsSpan(filled));
                (at, filled) = (at + (int)length, filled + (int)length);
            }
            else
                for (var end = filled + (int)length; filled < end; filled++)
                    all[filled] = all[filled - (int)offset];
        }
        return filled == bytes ? all : throw Wrong();
    }

    private static long Number(ReadOnlySpan<byte> stored, ref int at, int width, long otherwise)
    {
        if (width == 0)
            return otherwise;
        if (width > stored.Length - at)
            throw Wrong();
        Span<byte> number = stackalloc byte[sizeof(long)];
        number.Clear();
        stored.Slice(at, width).CopyTo(number);
        at += width;
        return BinaryPrimitives.ReadInt64LittleEndian(number);
    }

    private static long Varint(ReadOnlySpan<byte> stored, ref int at)
    {
        var value = 0L;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var part = Number(stored, ref at, 1, 0);
            value |= (part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
        throw Wrong();
    }

    private static InvalidDataException Wrong() => new("a compressed page is damaged");
}
