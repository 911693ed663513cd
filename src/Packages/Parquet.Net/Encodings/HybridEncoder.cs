using System.Runtime.InteropServices;

namespace Parquet.Encodings;

/// <summary>Writes the format's mixture of runs of one value and bit-packed groups of eight.</summary>
internal static class HybridEncoder
{
    /// <summary>Values of a bit-packed run that are written at once; a multiple of eight.</summary>
    private const int MaxPacked = 1 << 20;

    /// <param name="values">Numbers that are not negative.</param>
    /// <param name="width">Bits of the largest number.</param>
    public static void Encode(ReadOnlySpan<int> values, int width, PooledBuffer destination)
    {
        var packedFrom = 0;
        var at = 0;
        while (at < values.Length)
        {
            var run = RunLength(values[at..]);

            // A bit-packed run holds groups of eight, so the first values of a run may have to fill up a group.
            var fill = (packedFrom - at) & 7;
            if (run >= fill + 8)
            {
                WritePacked(values[packedFrom..(at + fill)], width, destination);
                WriteRun(values[at], run - fill, width, destination);
                packedFrom = at + run;
            }

            at += run;
        }

        WritePacked(values[packedFrom..], width, destination);
    }

    /// <summary>Writes <paramref name="count"/> times the same number.</summary>
    public static void WriteRun(int value, int count, int width, PooledBuffer destination)
    {
        destination.WriteVarint((ulong)count << 1);
        for (var bits = 0; bits < width; bits += 8)
        {
            destination.Write((byte)(value >> bits));
        }
    }

    private static int RunLength(ReadOnlySpan<int> values)
    {
        if (values.Length == 1 || values[0] != values[1])
        {
            return 1;
        }

        var end = values.IndexOfAnyExcept(values[0]);
        return end < 0 ? values.Length : end;
    }

    private static void WritePacked(ReadOnlySpan<int> values, int width, PooledBuffer destination)
    {
        while (values.Length > 0)
        {
            var part = values[..Math.Min(values.Length, MaxPacked)];
            var groups = (part.Length + 7) / 8;
            destination.WriteVarint((ulong)groups << 1 | 1);
            var target = destination.GetSpan(groups * width)[..(groups * width)];
            target[BitPacking.ByteCount(part.Length, width)..].Clear();
            BitPacking.Pack(MemoryMarshal.Cast<int, uint>(part), width, target);
            destination.Advance(groups * width);
            values = values[part.Length..];
        }
    }
}
