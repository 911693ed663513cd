using System.IO.Compression;

namespace Parquet.Compression;

/// <summary>Compresses and decompresses pages.</summary>
internal static class PageCompression
{
    /// <summary>Appends the compressed <paramref name="source"/>.</summary>
    /// <exception cref="NotSupportedException">Pages cannot be written with this method.</exception>
    public static void Compress(CompressionMethod method, CompressionLevel level, ReadOnlySpan<byte> source, PooledBuffer destination)
    {
        switch (method)
        {
            case CompressionMethod.None:
                destination.Write(source);
                break;
            case CompressionMethod.Snappy:
                SnappyEncoder.Encode(source, destination);
                break;
            case CompressionMethod.Gzip:
                CompressGzip(level, source, destination);
                break;
            case CompressionMethod.Brotli:
                CompressBrotli(level, source, destination);
                break;
            case CompressionMethod.Zstd:
                Zstandard.Compress(ZstandardLevel(level), source, destination);
                break;
            default:
                throw Unsupported(method);
        }
    }

    /// <summary>Fills <paramref name="destination"/>, whose length the page header gives.</summary>
    /// <exception cref="InvalidDataException">The page is damaged or does not have that length.</exception>
    public static void Decompress(CompressionMethod method, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var length = method switch
        {
            CompressionMethod.Snappy => SnappyDecoder.Decode(source, destination),
            CompressionMethod.Gzip => DecompressGzip(source, destination),
            CompressionMethod.Brotli => DecompressBrotli(source, destination),
            CompressionMethod.Zstd => Zstandard.Decompress(source, destination),
            CompressionMethod.Lz4Raw => Lz4Decoder.Decode(source, destination),
            _ => throw Unsupported(method),
        };
        if (length != destination.Length)
        {
            throw new InvalidDataException($"a page has {length} bytes instead of {destination.Length}");
        }
    }

    /// <summary>Most bytes that <paramref name="compressed"/> bytes can become, so that damaged sizes are not allocated.</summary>
    public static long MaxDecompressedLength(CompressionMethod method, int compressed) => method switch
    {
        CompressionMethod.None => compressed,
        CompressionMethod.Snappy => 64L * compressed,
        CompressionMethod.Lz4Raw => 256L * compressed,
        CompressionMethod.Gzip => 1100L * compressed,
        _ => 64L * 1024 * compressed + 1024 * 1024,
    };

    private static int ZstandardLevel(CompressionLevel level) => level switch
    {
        CompressionLevel.Optimal => 3,
        CompressionLevel.SmallestSize => 19,
        _ => 1,
    };

    private static void CompressGzip(CompressionLevel level, ReadOnlySpan<byte> source, PooledBuffer destination)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, level, leaveOpen: true))
        {
            gzip.Write(source);
        }

        destination.Write(compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
    }

    private static unsafe int DecompressGzip(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        fixed (byte* bytes = source)
        {
            using var compressed = new UnmanagedMemoryStream(bytes, source.Length);
            using var gzip = new GZipStream(compressed, CompressionMode.Decompress);
            return gzip.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
    }

    private static void CompressBrotli(CompressionLevel level, ReadOnlySpan<byte> source, PooledBuffer destination)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, level, leaveOpen: true))
        {
            brotli.Write(source);
        }

        destination.Write(compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
    }

    private static int DecompressBrotli(ReadOnlySpan<byte> source, Span<byte> destination) =>
        BrotliDecoder.TryDecompress(source, destination, out var written)
            ? written
            : throw new InvalidDataException("a page is not valid Brotli data");

    private static Exception Unsupported(CompressionMethod method) => method switch
    {
        CompressionMethod.Lzo => new NotImplementedException("LZO compression is not implemented"),
        _ => new NotSupportedException($"Compression method {method} is not supported."),
    };
}
