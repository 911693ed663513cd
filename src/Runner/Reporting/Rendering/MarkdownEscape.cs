using System.Text;
using Scriban.Runtime;

namespace Pipelines.Runner.Reporting.Rendering;

/// <summary><c>{{ text | markdown.escape }}</c>: a text that is shown as it is where Markdown is read, also in a cell of a table.</summary>
internal static class MarkdownEscape
{
    private const string Marks = "\\`*_{}[]<>|~&$";

    // What means something at the beginning of a line only.
    private const string Openings = "#+-=.)";

    private const char WordJoiner = '\u2060';

    public static ScriptObject Functions { get; } = Made();

    /// <summary>On one line, with a backslash before every character that could mean something; names and numbers of issues are no
    /// links.</summary>
    public static string Escape(string? text)
    {
        StringBuilder escaped = new();
        var isOpening = true;
        foreach (var sign in text ?? "")
        {
            if (char.IsControl(sign) || sign is '\u2028' or '\u2029')
                escaped.Append(' ');
            else if (Marks.Contains(sign, StringComparison.Ordinal) || (isOpening && Openings.Contains(sign, StringComparison.Ordinal)))
                escaped.Append('\\').Append(sign);
            else
                escaped.Append(sign);
            if (sign is '@' or '#')
                escaped.Append(WordJoiner);
            isOpening &= char.IsAsciiDigit(sign) || char.IsWhiteSpace(sign);
        }
        return escaped.ToString();
    }

    private static ScriptObject Made()
    {
        ScriptObject functions = [];
        functions.Import("escape", Escape);
        return functions;
    }
}
