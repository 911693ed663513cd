using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Parquet.Compression;

/// <summary>Decompresses Snappy's raw format: a length, then literals and copies of earlier bytes.</summary>
internal static class SnappyDecoder
{
    /// <summary>Bytes that are moved at once where there is room for more than was asked for.</summary>
    private const int Stride = 16;

    /// <returns>Bytes written.</returns>
    /// <exception cref="InvalidDataException">The data is damaged or is not as long as <paramref name="destination"/>.</exception>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var at = 0;
        var length = ReadLength(source, ref at);
        if (length != (uint)destination.Length)
        {
            throw new InvalidDataException($"Snappy: {length} bytes where {destination.Length} are expected");
        }

        var written = 0;
        while (at < source.Length)
        {
            int tag = source[at++];
            if ((tag & 3) != 0)
            {
                written = CopyEarlier(source, ref at, tag, destination, written);
            }
            else if (tag >> 2 < Stride && source.Length - at >= Stride && destination.Length - written >= Stride)
            {
                // Most literals are short; a fixed number of bytes is copied faster than a counted one.
                Move(ref MemoryMarshal.GetReference(source), at, ref MemoryMarshal.GetReference(destination), written);
                at += (tag >> 2) + 1;
                written += (tag >> 2) + 1;
            }
            else
            {
                written = CopyLiteral(source, ref at, tag, destination, written);
            }
        }

        return written;
    }

    private static int CopyLiteral(ReadOnlySpan<byte> source, ref int at, int tag, Span<byte> destination, int written)
    {
        var length = (long)(tag >> 2);
        if (length >= 60)
        {
            var bytes = (int)length - 59;
            if (bytes > source.Length - at)
            {
                throw Damaged();
            }

            length = 0;
            for (var i = 0; i < bytes; i++)
            {
                length |= (long)source[at++] << 8 * i;
            }
        }

        length++;
        if (length > source.Length - at || length > destination.Length - written)
        {
            throw Damaged();
        }

        source.Slice(at, (int)length).CopyTo(destination[written..]);
        at += (int)length;
        return written + (int)length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CopyEarlier(ReadOnlySpan<byte> source, ref int at, int tag, Span<byte> destination, int written)
    {
        var (length, offset) = ReadCopy(source, ref at, tag);
        if (offset <= 0 || offset > written || length > destination.Length - written)
        {
            throw Damaged();
        }

        var end = written + length;
        if (offset < Stride || destination.Length - end < Stride)
        {
            Overlap.Copy(destination, written, offset, length);
            return end;
        }

        ref var bytes = ref MemoryMarshal.GetReference(destination);
        for (; written < end; written += Stride)
        {
            Move(ref bytes, written - offset, ref bytes, written);
        }

        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Length, int Offset) ReadCopy(ReadOnlySpan<byte> source, ref int at, int tag)
    {
        var start = at;
        switch (tag & 3)
        {
            case 1 when start < source.Length:
                at = start + 1;
                return ((tag >> 2 & 7) + 4, tag >> 5 << 8 | source[start]);
            case 2 when source.Length - start >= sizeof(ushort):
                at = start + sizeof(ushort);
                return ((tag >> 2) + 1, BinaryPrimitives.ReadUInt16LittleEndian(source[start..]));
            case 3 when source.Length - start >= sizeof(int):
                at = start + sizeof(int);
                return ((tag >> 2) + 1, BinaryPrimitives.ReadInt32LittleEndian(source[start..]));
            default:
                throw Damaged();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(ref byte source, int from, ref byte destination, int to) =>
        Vector128.LoadUnsafe(ref source, (nuint)from).StoreUnsafe(ref destination, (nuint)to);

    private static uint ReadLength(ReadOnlySpan<byte> source, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; shift < 35 && at < source.Length; shift += 7)
        {
            var part = source[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return (uint)Math.Min(value, uint.MaxValue);
            }
        }

        throw Damaged();
    }

    private static InvalidDataException Damaged() => new("Snappy: the data is damaged");
}
