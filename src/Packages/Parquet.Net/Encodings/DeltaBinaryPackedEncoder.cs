using System.Numerics;

namespace Parquet.Encodings;

/// <summary>Writes whole numbers as differences, in blocks of 128 with four bit widths each.</summary>
internal static class DeltaBinaryPackedEncoder
{
    private const int BlockSize = 128;
    private const int MiniBlocks = 4;
    private const int MiniBlockSize = BlockSize / MiniBlocks;

    public static void Encode(ReadOnlySpan<int> values, PooledBuffer destination)
    {
        WriteHeader(values.Length, values.Length > 0 ? values[0] : 0, destination);
        Span<long> deltas = stackalloc long[BlockSize];
        for (var start = 1; start < values.Length; start += BlockSize)
        {
            var count = Math.Min(BlockSize, values.Length - start);
            for (var i = 0; i < count; i++)
            {
                // Differences of 32-bit numbers wrap around at 32 bits.
                deltas[i] = unchecked(values[start + i] - values[start + i - 1]);
            }

            WriteBlock(deltas[..count], destination);
        }
    }

    public static void Encode(ReadOnlySpan<long> values, PooledBuffer destination)
    {
        WriteHeader(values.Length, values.Length > 0 ? values[0] : 0, destination);
        Span<long> deltas = stackalloc long[BlockSize];
        for (var start = 1; start < values.Length; start += BlockSize)
        {
            var count = Math.Min(BlockSize, values.Length - start);
            for (var i = 0; i < count; i++)
            {
                deltas[i] = unchecked(values[start + i] - values[start + i - 1]);
            }

            WriteBlock(deltas[..count], destination);
        }
    }

    private static void WriteHeader(int count, long first, PooledBuffer destination)
    {
        destination.WriteVarint(BlockSize);
        destination.WriteVarint(MiniBlocks);
        destination.WriteVarint((ulong)count);
        destination.WriteVarint(ZigZag(first));
    }

    private static void WriteBlock(ReadOnlySpan<long> deltas, PooledBuffer destination)
    {
        var least = long.MaxValue;
        foreach (var delta in deltas)
        {
            least = Math.Min(least, delta);
        }

        destination.WriteVarint(ZigZag(least));
        Span<ulong> above = stackalloc ulong[BlockSize];
        above.Clear();
        for (var i = 0; i < deltas.Length; i++)
        {
            above[i] = unchecked((ulong)(deltas[i] - least));
        }

        Span<int> widths = stackalloc int[MiniBlocks];
        for (var mini = 0; mini < MiniBlocks; mini++)
        {
            widths[mini] = WidthOf(above.Slice(mini * MiniBlockSize, MiniBlockSize));
            destination.Write((byte)widths[mini]);
        }

        for (var mini = 0; mini * MiniBlockSize < deltas.Length; mini++)
        {
            var bytes = MiniBlockSize / 8 * widths[mini];
            WriteMiniBlock(above.Slice(mini * MiniBlockSize, MiniBlockSize), widths[mini], destination.GetSpan(bytes));
            destination.Advance(bytes);
        }
    }

    private static void WriteMiniBlock(ReadOnlySpan<ulong> values, int width, Span<byte> destination)
    {
        if (width > 32)
        {
            BitPacking.Pack(values, width, destination);
            return;
        }

        Span<uint> narrow = stackalloc uint[MiniBlockSize];
        for (var i = 0; i < narrow.Length; i++)
        {
            narrow[i] = (uint)values[i];
        }

        BitPacking.Pack(narrow, width, destination);
    }

    private static int WidthOf(ReadOnlySpan<ulong> values)
    {
        var all = 0UL;
        foreach (var value in values)
        {
            all |= value;
        }

        return 64 - BitOperations.LeadingZeroCount(all);
    }

    private static ulong ZigZag(long value) => (ulong)(value << 1 ^ value >> 63);
}
