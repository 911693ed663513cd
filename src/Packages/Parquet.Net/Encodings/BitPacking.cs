using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Parquet.Encodings;

/// <summary>Whole numbers of a fixed number of bits, stored one after the other, least significant bit first.</summary>
internal static class BitPacking
{
    /// <summary>Widest values for which the four values of a vector half lie within the 16 bytes that are loaded.</summary>
    private const int MaxVectorWidth = 25;

    private static readonly (Vector256<byte> Bytes, Vector256<uint> Shifts)[] Plans =
        [.. Enumerable.Range(0, MaxVectorWidth + 1).Select(PlanFor)];

    /// <summary>Bits that the largest value needs.</summary>
    public static int WidthOf(uint largest) => 32 - BitOperations.LeadingZeroCount(largest);

    /// <summary>Bytes that <paramref name="count"/> values take; whole groups of eight only take whole bytes.</summary>
    public static int ByteCount(int count, int width) => checked((int)(((long)count * width + 7) / 8));

    /// <summary>Packs values whose bits above <paramref name="width"/> (0 to 32) are zero; the last byte is filled up with zeros.</summary>
    public static void Pack(ReadOnlySpan<uint> values, int width, Span<byte> destination)
    {
        var pending = 0UL;
        var bits = 0;
        var at = 0;
        foreach (var value in values)
        {
            pending |= (ulong)value << bits;
            bits += width;
            if (bits >= 32)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(destination[at..], (uint)pending);
                at += sizeof(uint);
                pending >>= 32;
                bits -= 32;
            }
        }

        for (; bits > 0; bits -= 8)
        {
            destination[at++] = (byte)pending;
            pending >>= 8;
        }
    }

    /// <summary>As the other, for widths of 0 to 64.</summary>
    public static void Pack(ReadOnlySpan<ulong> values, int width, Span<byte> destination)
    {
        UInt128 pending = 0;
        var bits = 0;
        var at = 0;
        foreach (var value in values)
        {
            pending |= (UInt128)value << bits;
            for (bits += width; bits >= 8; bits -= 8)
            {
                destination[at++] = (byte)pending;
                pending >>= 8;
            }
        }

        if (bits > 0)
        {
            destination[at] = (byte)pending;
        }
    }

    /// <summary>Fills <paramref name="destination"/> with values of 0 to 32 bits.</summary>
    /// <exception cref="InvalidDataException">The source is too short.</exception>
    public static void Unpack(ReadOnlySpan<byte> source, int width, Span<int> destination)
    {
        CheckLength(source, width, destination.Length);
        if (width == 0)
        {
            destination.Clear();
            return;
        }

        var done = Avx2.IsSupported && width <= MaxVectorWidth ? UnpackVectors(source, width, destination) : 0;
        var mask = (1UL << width) - 1;
        for (; done < destination.Length; done++)
        {
            var bit = (long)done * width;
            destination[done] = (int)(Load(source, (int)(bit >> 3)) >> (int)(bit & 7) & mask);
        }
    }

    /// <summary>Fills <paramref name="destination"/> with values of 0 to 64 bits.</summary>
    /// <exception cref="InvalidDataException">The source is too short.</exception>
    public static void Unpack(ReadOnlySpan<byte> source, int width, Span<long> destination)
    {
        CheckLength(source, width, destination.Length);
        var mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
        for (var i = 0; i < destination.Length; i++)
        {
            var bit = (long)i * width;
            var at = (int)(bit >> 3);
            var shift = (int)(bit & 7);
            var value = Load(source, at) >> shift;
            if (shift + width > 64)
            {
                value |= (ulong)source[at + 8] << 64 - shift;
            }

            destination[i] = (long)(value & mask);
        }
    }

    /// <summary>Unpacks eight values at a time as long as 32 bytes can be loaded, and returns how many were unpacked.</summary>
    private static int UnpackVectors(ReadOnlySpan<byte> source, int width, Span<int> destination)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination);
        var (bytes, shifts) = Plans[width];
        var mask = Vector256.Create((1u << width) - 1);
        var upper = 4 * width >> 3;
        var groups = Math.Min(destination.Length / 8, (source.Length - upper - 16) / width + 1);
        if (source.Length < upper + 16)
        {
            return 0;
        }

        for (var group = 0; group < groups; group++)
        {
            ref var start = ref Unsafe.Add(ref from, (nint)group * width);
            var loaded = Vector256.Create(Vector128.LoadUnsafe(ref start), Vector128.LoadUnsafe(ref Unsafe.Add(ref start, upper)));
            var words = Avx2.Shuffle(loaded, bytes).AsUInt32();
            var values = Avx2.ShiftRightLogicalVariable(words, shifts) & mask;
            values.AsInt32().StoreUnsafe(ref to, (nuint)group * 8);
        }

        return groups * 8;
    }

    /// <summary>Which bytes to bring into the 32 bits of each of eight values, and how far to shift them.</summary>
    private static (Vector256<byte> Bytes, Vector256<uint> Shifts) PlanFor(int width)
    {
        var bytes = new byte[32];
        var shifts = new uint[8];
        for (var value = 0; value < 8; value++)
        {
            var half = value < 4 ? 0 : 4 * width >> 3;
            var first = (value * width >> 3) - half;
            shifts[value] = (uint)(value * width & 7);
            for (var i = 0; i < 4; i++)
            {
                bytes[value * 4 + i] = (byte)(first + i);
            }
        }

        return (Vector256.Create(bytes), Vector256.Create(shifts));
    }

    private static ulong Load(ReadOnlySpan<byte> source, int at)
    {
        if (at + sizeof(ulong) <= source.Length)
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(source[at..]);
        }

        var value = 0UL;
        for (var i = at; i < source.Length; i++)
        {
            value |= (ulong)source[i] << 8 * (i - at);
        }

        return value;
    }

    private static void CheckLength(ReadOnlySpan<byte> source, int width, int count)
    {
        if ((long)count * width > (long)source.Length * 8)
        {
            throw new InvalidDataException($"{count} values of {width} bits in {source.Length} bytes");
        }
    }
}
