using System.Text;

namespace Pipelines.Tests.Repository;

/// <summary>C# with comments and the contents of texts turned into blanks, so that words, braces and lines can be counted.</summary>
internal static class SourceCode
{
    public static string Masked(string code)
    {
        var masked = new StringBuilder(code);
        for (var i = 0; i < code.Length;)
        {
            var end = EndOfTextOrComment(code, i);
            for (var j = i; j < end; j++)
                if (masked[j] != '\n')
                    masked[j] = ' ';
            i = Math.Max(end, i + 1);
        }
        return masked.ToString();
    }

    /// <summary>Where the comment, text or character that starts here ends; the start itself when none does.</summary>
    private static int EndOfTextOrComment(string code, int start)
    {
        var rest = code.AsSpan(start);
        if (rest.StartsWith("//"))
            return Found(code.IndexOf('\n', start), code);
        if (rest.StartsWith("/*"))
            return Found(code.IndexOf("*/", start, StringComparison.Ordinal), code) + 2;
        if (rest[0] == '\'')
            return code.IndexOf('\'', rest.StartsWith("'\\") ? start + 3 : start + 2) + 1;
        var prefix = rest.IndexOfAnyExcept('$', '@');
        return prefix >= 0 && rest[prefix] == '"' ? EndOfText(code, start, start + prefix) : start;
    }

    private static int EndOfText(string code, int start, int quote)
    {
        var quotes = code.AsSpan(quote).IndexOfAnyExcept('"');
        if (quotes >= 3)
            return Found(code.IndexOf(new string('"', quotes), quote + quotes, StringComparison.Ordinal), code) + quotes;
        var prefix = code.AsSpan(start, quote - start);
        var (isVerbatim, hasHoles) = (prefix.Contains('@'), prefix.Contains('$'));
        for (var i = quote + 1; i < code.Length; i++)
            if (code[i] == '\\' && !isVerbatim)
                i++;
            else if (code[i] == '{' && hasHoles)
                i = code[i + 1] == '{' ? i + 1 : EndOfHole(code, i);
            else if (code[i] == '"' && !(isVerbatim && code.AsSpan(i + 1).StartsWith("\"")))
                return i + 1;
            else if (code[i] == '"')
                i++;
        return code.Length;
    }

    /// <summary>The brace that closes the one of a hole in a text.</summary>
    private static int EndOfHole(string code, int open)
    {
        var depth = 1;
        for (var i = open + 1; i < code.Length;)
        {
            depth += code[i] == '{' ? 1 : code[i] == '}' ? -1 : 0;
            if (depth == 0)
                return i;
            i = Math.Max(EndOfTextOrComment(code, i), i + 1);
        }
        return code.Length - 1;
    }

    private static int Found(int index, string code) => index < 0 ? code.Length : index;
}
