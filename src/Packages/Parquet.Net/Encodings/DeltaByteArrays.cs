namespace Parquet.Encodings;

/// <summary>Reads byte arrays whose lengths, and shared prefixes, are stored apart.</summary>
internal static class DeltaByteArrays
{
    /// <summary>Most bytes one page may unfold to; damaged prefixes could ask for any amount.</summary>
    private const long MaxPageBytes = 1 << 30;

    public delegate void Sink(int index, ReadOnlySpan<byte> value);

    /// <summary>DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes.</summary>
    public static void DecodeLengths(ReadOnlySpan<byte> source, int count, Sink sink)
    {
        var lengths = ReadLengths(ref source, count);
        for (var i = 0; i < count; i++)
        {
            sink(i, Take(ref source, lengths[i]));
        }
    }

    /// <summary>DELTA_BYTE_ARRAY: how much each value shares with the one before it, then the rest of each.</summary>
    public static void DecodePrefixes(ReadOnlySpan<byte> source, int count, Sink sink)
    {
        var prefixes = ReadLengths(ref source, count);
        var lengths = ReadLengths(ref source, count);
        using var value = new PooledBuffer();
        var total = 0L;
        for (var i = 0; i < count; i++)
        {
            if (prefixes[i] > value.Length)
            {
                throw new InvalidDataException("a value shares more with the one before it than that has");
            }

            value.Truncate(prefixes[i]);
            value.Write(Take(ref source, lengths[i]));
            total += value.Length;
            if (total > MaxPageBytes)
            {
                throw new InvalidDataException($"a page unfolds to more than {MaxPageBytes} bytes");
            }

            sink(i, value.Written);
        }
    }

    private static int[] ReadLengths(ref ReadOnlySpan<byte> source, int count)
    {
        var decoder = new DeltaBinaryPackedDecoder(source);
        var lengths = new int[count];
        source = source[decoder.Decode(lengths)..];
        return Array.TrueForAll(lengths, length => length >= 0)
            ? lengths
            : throw new InvalidDataException("a byte array has a negative length");
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> source, int length)
    {
        if (length > source.Length)
        {
            throw new InvalidDataException("a page of byte arrays ends too early");
        }

        var value = source[..length];
        source = source[length..];
        return value;
    }
}
