using System.Collections.Concurrent;

namespace Parquet.Compression;

/// <summary>Zstandard through the system's libzstd.</summary>
internal static unsafe class Zstandard
{
    // Contexts hold large tables; at most as many exist as pages were ever compressed at the same time.
    private static readonly ConcurrentBag<nint> Compressors = [];
    private static readonly ConcurrentBag<nint> Decompressors = [];

    public static void Compress(int level, ReadOnlySpan<byte> source, PooledBuffer destination)
    {
        var library = ZstandardLibrary.Instance;
        var context = Compressors.TryTake(out var pooled) ? pooled : library.CreateCompressor();
        try
        {
            var target = destination.GetSpan(checked((int)library.CompressBound((nuint)source.Length)));
            fixed (byte* from = source, to = target)
            {
                var length = library.Compress(context, to, (nuint)target.Length, from, (nuint)source.Length, level);
                destination.Advance((int)library.Check(length));
            }
        }
        finally
        {
            Compressors.Add(context);
        }
    }

    /// <returns>Bytes written.</returns>
    /// <exception cref="InvalidDataException">The data is damaged or larger than <paramref name="destination"/>.</exception>
    public static int Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var library = ZstandardLibrary.Instance;
        var context = Decompressors.TryTake(out var pooled) ? pooled : library.CreateDecompressor();
        try
        {
            fixed (byte* from = source, to = destination)
            {
                return (int)library.Check(
                    library.Decompress(context, to, (nuint)destination.Length, from, (nuint)source.Length));
            }
        }
        finally
        {
            Decompressors.Add(context);
        }
    }
}
