using System.Globalization;
using System.Text;

namespace Pipelines.Runner.Documents;

/// <summary>Diagnostics as a compiler shows them: place, statement, source line with the part underlined, help, further places.</summary>
public static class DiagnosticFormat
{
    private const int MaxLineLength = 120;
    private const int ContextBefore = 40;

    // A narrower excerpt says nothing.
    private const int MinRoom = ContextBefore + 10;

    // The number of the line before it, and the dots after it.
    private const int MarginWidth = 11;

    /// <param name="width">Of the terminal: source lines are cut to it.</param>
    public static string Render(IEnumerable<Diagnostic> diagnostics, int width = MaxLineLength + MarginWidth)
    {
        var room = Math.Min(MaxLineLength, width - MarginWidth);
        StringBuilder text = new();
        foreach (var diagnostic in diagnostics)
        {
            if (text.Length > 0)
                text.Append('\n');
            var severity = diagnostic.Severity == Severity.Error ? "error" : "warning";
            text.Append(CultureInfo.InvariantCulture,
                $"{Place(diagnostic.At)}: {severity}: {Quoted.Visible(diagnostic.Message)} [{diagnostic.Code}]\n");
            AppendSource(text, diagnostic.At, room);
            if (diagnostic.Help is { } help)
                text.Append(CultureInfo.InvariantCulture, $"  help: {Quoted.Visible(help)}\n");
            foreach (var related in diagnostic.Related ?? [])
            {
                text.Append(CultureInfo.InvariantCulture, $"  {Place(related.At)}: {Quoted.Visible(related.Note)}\n");
                AppendSource(text, related.At, room);
            }
        }
        return text.ToString();
    }

    private static string Place(SourceSpan at) => at.File.IsArgument ? "command line" : Quoted.Visible(at.ToString());

    private static void AppendSource(StringBuilder text, SourceSpan at, int room)
    {
        var (line, start, length) = Excerpt(at, room);
        if (line.Length == 0)
            return;
        var number = at.File.IsArgument ? "" : at.Line.ToString(CultureInfo.InvariantCulture);
        text.Append(CultureInfo.InvariantCulture, $"{number,6} | {line}\n");
        text.Append(' ', 6).Append(" | ").Append(' ', start).Append('^', length).Append('\n');
    }

    /// <summary>The line, cut around the place when it is long, and where to underline it.</summary>
    private static (string Line, int Start, int Length) Excerpt(SourceSpan at, int room)
    {
        var line = at.File.Line(at.Line).TrimEnd();
        var start = Math.Clamp(at.Column - 1, 0, line.Length);
        var prefix = at.File.IsArgument ? at.File.Path + " " : "";
        room = Math.Max(MinRoom, room - prefix.Length);
        if (start > room - ContextBefore && line.Length > room)
        {
            prefix += "…";
            line = line[(start - ContextBefore)..];
            start = ContextBefore;
        }
        var isCut = line.Length > room;
        if (isCut)
            line = line[..room];
        var length = Math.Clamp(at.Length, 1, Math.Max(1, line.Length - start));
        return ($"{prefix}{Quoted.Visible(line)}{(isCut ? "…" : "")}", start + prefix.Length, length);
    }
}
