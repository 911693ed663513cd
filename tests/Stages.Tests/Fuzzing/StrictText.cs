using System.Text;

namespace Pipelines.Tests.Stages.Fuzzing;

/// <summary>What a file of bytes says, by its byte order mark or else in UTF-8.</summary>
internal static class StrictText
{
    /// <summary>Its lines, the last one with or without an end.</summary>
    public static List<string>? LinesOf(byte[] bytes)
    {
        if (Of(bytes) is not { } text)
            return null;
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n').ToList();
        if (lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    /// <returns>Null where a byte is no character, or a character is NUL.</returns>
    public static string? Of(byte[] bytes)
    {
        Encoding[] encodings =
        [
            new UTF8Encoding(true, true), new UTF32Encoding(false, true, true), new UTF32Encoding(true, true, true),
            new UnicodeEncoding(false, true, true), new UnicodeEncoding(true, true, true),
        ];
        var encoding = Array.Find(encodings, encoding => bytes.AsSpan().StartsWith(encoding.Preamble));
        try
        {
            var text = encoding is null ? encodings[0].GetString(bytes) : encoding.GetString(bytes[encoding.Preamble.Length..]);
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
