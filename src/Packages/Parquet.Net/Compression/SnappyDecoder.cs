using System.Buffers.Binary;

namespace Parquet.Compression;

/// <summary>Decompresses Snappy's raw format: a length, then literals and copies of earlier bytes.</summary>
internal static class SnappyDecoder
{
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
            var tag = source[at++];
            written += (tag & 3) == 0
                ? CopyLiteral(source, ref at, tag, destination[written..])
                : CopyEarlier(source, ref at, tag, destination, written);
        }

        return written;
    }

    private static int CopyLiteral(ReadOnlySpan<byte> source, ref int at, int tag, Span<byte> destination)
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
        if (length > source.Length - at || length > destination.Length)
        {
            throw Damaged();
        }

        // Short literals are the rule; a fixed 16 bytes copy faster than a counted few.
        if (length <= 16 && source.Length - at >= 16 && destination.Length >= 16)
        {
            source.Slice(at, 16).CopyTo(destination);
        }
        else
        {
            source.Slice(at, (int)length).CopyTo(destination);
        }

        at += (int)length;
        return (int)length;
    }

    private static int CopyEarlier(ReadOnlySpan<byte> source, ref int at, int tag, Span<byte> destination, int written)
    {
        int length, offset;
        switch (tag & 3)
        {
            case 1 when at < source.Length:
                length = (tag >> 2 & 7) + 4;
                offset = tag >> 5 << 8 | source[at];
                at++;
                break;
            case 2 when at + 2 <= source.Length:
                length = (tag >> 2) + 1;
                offset = BinaryPrimitives.ReadUInt16LittleEndian(source[at..]);
                at += 2;
                break;
            case 3 when at + 4 <= source.Length:
                length = (tag >> 2) + 1;
                offset = BinaryPrimitives.ReadInt32LittleEndian(source[at..]);
                at += 4;
                break;
            default:
                throw Damaged();
        }

        if (offset <= 0 || offset > written || length > destination.Length - written)
        {
            throw Damaged();
        }

        Overlap.Copy(destination, written, offset, length);
        return length;
    }

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
