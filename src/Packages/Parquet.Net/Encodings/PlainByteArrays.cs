using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Parquet.Encodings;

/// <summary>Byte arrays and strings that are stored with their length before them.</summary>
internal static class PlainByteArrays
{
    private const int MaxOnStack = 512;

    /// <summary>Takes one value off the front of <paramref name="source"/>.</summary>
    /// <exception cref="InvalidDataException">The source is too short.</exception>
    public static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> source)
    {
        if (source.Length < sizeof(int))
        {
            throw EndOfData();
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(source);
        if (length < 0 || length > source.Length - sizeof(int))
        {
            throw EndOfData();
        }

        var value = source.Slice(sizeof(int), length);
        source = source[(sizeof(int) + length)..];
        return value;
    }

    public static void Write(string value, PooledBuffer destination)
    {
        var span = destination.GetSpan(sizeof(int) + Encoding.UTF8.GetMaxByteCount(value.Length));
        var length = Encoding.UTF8.GetBytes(value, span[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(span, length);
        destination.Advance(sizeof(int) + length);
    }

    public static void Write(byte[] value, PooledBuffer destination)
    {
        destination.WriteInt32(value.Length);
        destination.Write(value);
    }

    /// <summary>Decodes UTF-8; damaged sequences become replacement characters.</summary>
    [SkipLocalsInit]
    public static string ToText(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return string.Empty;
        }

        // ASCII, the most frequent case, needs no second look at the length of the result; neither does what is decoded aside.
        if (Ascii.IsValid(value))
        {
            return Encoding.Latin1.GetString(value);
        }

        if (value.Length > MaxOnStack)
        {
            return Encoding.UTF8.GetString(value);
        }

        Span<char> text = stackalloc char[MaxOnStack];
        return new string(text[..Encoding.UTF8.GetChars(value, text)]);
    }

    private static InvalidDataException EndOfData() => new("a page of byte arrays ends too early");
}
