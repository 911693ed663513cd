using System.Buffers.Binary;
using System.Numerics;

namespace Pipelines.Stages.Tables;

/// <summary>The encodings of Parquet that count: read only as far as there are bytes, and only what can be.</summary>
internal ref struct PageBytes(ReadOnlySpan<byte> bytes)
{
    private const int MaxLevelWidth = 16, MaxWidth = 64, MaxVarintShift = 63;

    private ReadOnlySpan<byte> _rest = bytes;

    public readonly int Left => _rest.Length;

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > _rest.Length)
            throw Wrong();
        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>Runs of equal numbers and of packed ones (RLE), of which each is checked.</summary>
    /// <param name="max">The largest one there may be.</param>
    /// <param name="equal">The one that is counted.</param>
    /// <returns>How often it is there.</returns>
    public int Runs(int count, int width, long max, long equal)
    {
        var found = 0;
        while (count > 0)
        {
            var head = Unsigned();
            var length = (long)Math.Min(head >> 1, int.MaxValue);
            if ((head & 1) == 0)
            {
                var value = Packed(Take((width + 7) / 8), 0, (width + 7) / 8 * 8);
                var run = (int)Math.Min(length, count);
                if (value > (ulong)max)
                    throw Wrong();
                found += (long)value == equal ? run : 0;
                count -= run;
                continue;
            }
            var taken = (int)Math.Min(length * 8, count);
            // The last group may be cut where its values end.
            var packed = Take(Math.Min(length * width, Math.Max(Left, (((long)taken * width) + 7) / 8)));
            for (var i = 0; i < taken; i++)
            {
                var value = Packed(packed, (long)i * width, width);
                if (value > (ulong)max)
                    throw Wrong();
                found += (long)value == equal ? 1 : 0;
            }
            count -= taken;
        }
        return found;
    }

    /// <summary>Differences in blocks (DELTA_BINARY_PACKED).</summary>
    /// <param name="values">Where they are to go; shorter than there are: they are only passed over.</param>
    public void Differences(int count, Span<int> values)
    {
        var (block, parts, total, last) = ((long)Unsigned(), (long)Unsigned(), (long)Unsigned(), Signed());
        if (block is <= 0 or > int.MaxValue || block % 128 != 0 || parts <= 0 || block % parts != 0 || block / parts % 32 != 0
            || total != count)
            throw Wrong();
        Put(values, 0, last);
        for (var done = 1; done < count;)
        {
            var least = Signed();
            var widths = Take(parts);
            for (var part = 0; part < parts && done < count; part++)
            {
                int width = widths[part];
                if (width > MaxWidth)
                    throw Wrong();
                var size = (int)(block / parts);
                var packed = Take((long)size * width / 8);
                for (var i = 0; i < size && done < count; i++, done++)
                {
                    last = unchecked(last + least + (long)Packed(packed, (long)i * width, width));
                    Put(values, done, last);
                }
            }
        }
    }

    /// <summary>How many bits a number up to this one takes.</summary>
    public static int WidthOf(int max) => Math.Min(MaxLevelWidth, 32 - BitOperations.LeadingZeroCount((uint)max));

    public static InvalidDataException Wrong() => new("a page holds something else than its header says");

    private static void Put(Span<int> values, int at, long value)
    {
        if (at < values.Length)
            values[at] = value is >= 0 and <= int.MaxValue ? (int)value : throw Wrong();
    }

    private static ulong Packed(ReadOnlySpan<byte> packed, long bit, int width)
    {
        var value = 0UL;
        for (var i = 0; i < width;)
        {
            var (at, shift) = ((int)((bit + i) / 8), (int)((bit + i) % 8));
            var bits = Math.Min(8 - shift, width - i);
            value |= (ulong)(packed[at] >> shift & ((1 << bits) - 1)) << i;
            i += bits;
        }
        return value;
    }

    private long Signed()
    {
        var raw = Unsigned();
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }

    private ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift <= MaxVarintShift; shift += 7)
        {
            var part = Take(1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
        throw Wrong();
    }
}
