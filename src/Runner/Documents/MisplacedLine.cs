using System.Globalization;

namespace Pipelines.Runner.Documents;

/// <summary>
/// What is wrong with a line as it stands under those before it, found by looking at the text alone. The parser only knows that it cannot
/// go on, and says so in its own terms; most often it is one of these.
/// </summary>
internal static class MisplacedLine
{
    /// <summary>Null where the line looks right.</summary>
    public static Diagnostic? Of(SourceFile file, int line)
    {
        var text = Text(file, line);
        var indentation = IndentationOf(text);
        return text.Length == indentation ? null
            : WithoutSpace(file, line, text, indentation) ?? IndentedElsewhere(file, line, indentation)
            ?? WithoutColon(file, line, text, indentation)
            ?? LineBefore(file, line, indentation);
    }

    // YAML continues a line without a colon on the next line, so the parser notices one line late.
    private static Diagnostic? LineBefore(SourceFile file, int line, int indentation)
    {
        while (--line >= 1)
        {
            var text = Text(file, line);
            if (IndentationOf(text) is var own && own < text.Length)
                return own != indentation || text[own] == '#'
                    ? null
                    : WithoutSpace(file, line, text, own) ?? WithoutColon(file, line, text, own);
        }
        return null;
    }

    /// <summary>A space that only looks like one, such as editors and web pages put before a line; null: there is none near.</summary>
    public static Diagnostic? StrangeSpace(SourceFile file, int line)
    {
        for (var candidate = Math.Max(1, line - 2); candidate <= line; candidate++)
        {
            var text = Text(file, candidate);
            var indentation = text.Length - text.TrimStart().Length;
            if (text.AsSpan(0, indentation).IndexOfAnyExcept(' ', '\t') is var strange and >= 0)
                return Diagnostics.StrangeSpace(new(file, candidate, strange + 1, 1), text[strange]);
        }
        return null;
    }

    // 'key:value' and '-value' are texts to YAML.
    private static Diagnostic? WithoutSpace(SourceFile file, int line, string text, int indentation)
    {
        var rest = text[indentation..];
        if (rest.Length > 1 && rest[0] == '-' && rest[1] is not (' ' or '-') && !char.IsAsciiDigit(rest[1]) && rest[1] != '.')
            return Diagnostics.NoSpaceAfter(new(file, line, indentation + 1, 1), "-", $"write '- {Start(rest[1..])}'");
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon + 1 < rest.Length && rest[colon + 1] is not (' ' or '/') && IsWord(rest[..colon])
            ? Diagnostics.NoSpaceAfter(
                new(file, line, indentation + colon + 1, 1), ":", $"write '{rest[..colon]}: {Start(rest[(colon + 1)..])}'")
            : null;
    }

    private static Diagnostic? IndentedElsewhere(SourceFile file, int line, int indentation)
    {
        var levels = LevelsBefore(file, line, indentation);
        if (levels.Count == 0 || levels.Exists(level => level.Indentation == indentation))
            return null;
        var at = new SourceSpan(file, line, 1, Math.Max(1, indentation));
        var near = levels.OrderBy(level => Math.Abs(level.Indentation - indentation))
            .ThenBy(level => level.Line < line ? -level.Line : 0).Take(2)
            .OrderByDescending(level => level.Indentation);
        return Diagnostics.IndentedElsewhere(at, indentation, [.. near]);
    }

    private static Diagnostic? WithoutColon(SourceFile file, int line, string text, int indentation)
    {
        var rest = text[indentation..].TrimEnd();
        var end = rest.IndexOf(' ', StringComparison.Ordinal);
        var key = end < 0 ? rest : rest[..end];
        return rest.Contains(':', StringComparison.Ordinal) || !IsWord(key) ? null
            : Diagnostics.NoColon(new(file, line, indentation + 1, key.Length), key,
                end < 0 ? $"write '{key}: …'" : $"write '{key}: {Start(rest[(end + 1)..].TrimStart())}'");
    }

    /// <summary>The indentations that a line here can have, each with the line that has it; empty where that is not plain to see.</summary>
    private static List<IndentedLine> LevelsBefore(SourceFile file, int line, int own)
    {
        List<IndentedLine> levels = [];
        var least = int.MaxValue;
        for (var before = line - 1; before >= 1 && least > 0; before--)
        {
            var text = Text(file, before);
            var indentation = IndentationOf(text);
            if (indentation == text.Length || text[indentation] == '#')
                continue;
            // Lines below a bare key, inside brackets or in a block of text may be indented freely.
            if (IsOpen(text) && (levels.Count == 0 || text.Contains('[', StringComparison.Ordinal)
                || text.Contains('{', StringComparison.Ordinal)) && indentation < own)
                return [];
            if (indentation >= least)
                continue;
            if (text.AsSpan(indentation).StartsWith("- "))
                levels.Add(new(indentation + 2, before));
            levels.Add(new(indentation, before));
            least = indentation;
        }
        return levels;
    }

    private static bool IsOpen(string text) => text.TrimEnd() is [.., ':' or '-' or '|' or '>'] or [.., '|' or '>', '-' or '+']
        || text.Count(sign => sign is '[' or '{') != text.Count(sign => sign is ']' or '}');

    private static string Text(SourceFile file, int line) => file.Line(line).ToString();

    private static int IndentationOf(string text) => text.Length - text.TrimStart(' ').Length;

    private static bool IsWord(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-');

    private static string Start(string text) => text.Length <= 40 ? text.TrimEnd() : text[..39] + "…";
}

/// <param name="Indentation">In spaces.</param>
internal sealed record IndentedLine(int Indentation, int Line)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Indentation} {(Indentation == 1 ? "space" : "spaces")} (as line {Line})");
}
