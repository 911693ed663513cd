using System.Globalization;
using System.Text;

namespace Scriban.Parsing;

/// <summary>The escapes of a quoted string: <c>\n</c>, <c>\u00e9</c>, <c>\x41</c>, a backslash at the end of a line.</summary>
internal static class EscapeSequence
{
    private const string Letters = "0'\"\\bfnrtv";
    private const string Meanings = "\0'\"\\\b\f\n\r\t\v";

    /// <summary>How many characters the escape behind a backslash takes; 0 when there is none.</summary>
    public static int LengthAt(string text, int offset, bool braceEscapes)
    {
        if (offset >= text.Length)
        {
            return 0;
        }

        return text[offset] switch
        {
            '\n' => 1,
            '\r' => offset + 1 < text.Length && text[offset + 1] == '\n' ? 2 : 1,
            'u' => HexadecimalFollows(text, offset + 1, 4) ? 5 : 0,
            'x' => HexadecimalFollows(text, offset + 1, 2) ? 3 : 0,
            '{' => braceEscapes ? 1 : 0,
            var c => Letters.Contains(c) ? 1 : 0,
        };
    }

    /// <summary>The text between two offsets with its escapes replaced; an unknown escape keeps its character.</summary>
    public static string Decode(string text, int start, int end, bool braceEscapes)
    {
        if (text.IndexOf('\\', start, end - start) < 0)
        {
            return text[start..end];
        }

        var decoded = new StringBuilder(end - start);
        for (var i = start; i < end; i++)
        {
            if (text[i] != '\\' || i + 1 >= end)
            {
                decoded.Append(text[i]);
                continue;
            }

            i++;
            var length = Math.Max(1, LengthAt(text, i, braceEscapes));
            AppendMeaning(decoded, text, i, length);
            i += length - 1;
        }

        return decoded.ToString();
    }

    private static void AppendMeaning(StringBuilder decoded, string text, int offset, int length)
    {
        var c = text[offset];
        if (c is '\n' or '\r')
        {
            return;
        }

        if (length > 1)
        {
            decoded.Append((char)int.Parse(text.AsSpan(offset + 1, length - 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            return;
        }

        var index = Letters.IndexOf(c, StringComparison.Ordinal);
        decoded.Append(index >= 0 ? Meanings[index] : c);
    }

    private static bool HexadecimalFollows(string text, int offset, int count)
    {
        for (var i = offset; i < offset + count; i++)
        {
            if (i >= text.Length || !char.IsAsciiHexDigit(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
