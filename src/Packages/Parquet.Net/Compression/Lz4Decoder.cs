using System.Buffers.Binary;

namespace Parquet.Compression;

/// <summary>Decompresses one raw LZ4 block.</summary>
internal static class Lz4Decoder
{
    private const int MinMatch = 4;

    /// <returns>Bytes written.</returns>
    /// <exception cref="InvalidDataException">The data is damaged or larger than <paramref name="destination"/>.</exception>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var at = 0;
        var written = 0;
        while (at < source.Length)
        {
            var token = source[at++];
            var literal = ReadLength(source, ref at, token >> 4);
            if (literal > source.Length - at || literal > destination.Length - written)
            {
                throw Damaged();
            }

            source.Slice(at, (int)literal).CopyTo(destination[written..]);
            at += (int)literal;
            written += (int)literal;
            if (at == source.Length)
            {
                return written;
            }

            if (at + 2 > source.Length)
            {
                throw Damaged();
            }

            var offset = BinaryPrimitives.ReadUInt16LittleEndian(source[at..]);
            at += 2;
            var match = ReadLength(source, ref at, token & 15) + MinMatch;
            if (offset == 0 || offset > written || match > destination.Length - written)
            {
                throw Damaged();
            }

            Overlap.Copy(destination, written, offset, (int)match);
            written += (int)match;
        }

        return written;
    }

    private static long ReadLength(ReadOnlySpan<byte> source, ref int at, int nibble)
    {
        long length = nibble;
        if (nibble < 15)
        {
            return length;
        }

        byte part;
        do
        {
            part = at < source.Length ? source[at++] : throw Damaged();
            length += part;
        }
        while (part == 255);
        return length;
    }

    private static InvalidDataException Damaged() => new("LZ4: the data is damaged");
}
