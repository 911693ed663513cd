namespace Pipelines.Runner.Documents;

/// <summary>The parser's words about malformed YAML, turned into what a user can act upon.</summary>
internal static class SyntaxError
{
    /// <param name="said">The message of the parser.</param>
    public static Diagnostic Of(SourceFile file, int line, int column, string said)
    {
        var text = file.Line(line);
        if (said.Contains("tab", StringComparison.Ordinal)
            || (said.Contains("cannot start any token", StringComparison.Ordinal) && IsTab(text, column)))
            return Diagnostics.TabIndentation(TabPlace(file, line));
        if (IsAboutBlocks(said) && (MisplacedLine.StrangeSpace(file, line) ?? MisplacedLine.Of(file, line)) is { } misplaced)
            return misplaced;
        var at = new SourceSpan(file, line, Math.Clamp(column, 1, Math.Max(1, text.Length + 1)), 1);
        var (message, help) = Explain(said, text.ToString());
        return Diagnostics.Syntax(at, message, help);
    }

    private static (string Message, string? Help) Explain(string said, string line)
    {
        bool Says(string part) => said.Contains(part, StringComparison.Ordinal);
        if (line.AsSpan().IndexOfAny("“”„‘’") >= 0)
            return ("typographic quotes (“ ”, ‘ ’) do not hold a value together", "write straight quotes: \"…\" or '…'");
        if (HasBareVariable(line) && (Says("',' or '}'") || Says("',' or ']'") || Says("not closed") || Says("expected key")))
            return ("a variable inside { } or [ ] is not in quotes", "write \"${name}\" with quotes there");
        if (Says("not closed") || Says("',' or '}'") || Says("',' or ']'"))
            return ("a bracket is opened and not closed, or a comma is missing", "check the [ ] and { } on this line and the line before");
        if (Says("unexpected end of stream") || Says("multi-line double-quoted scalar"))
            return ("a quote is opened here and not closed", "add the closing quote; inside '…' a quote is written ''");
        if (Says("invalid mapping"))
            return ("a second ': ' stands in one value", "put a text that contains ': ' in quotes, or start a new line for another key");
        if (Says("could not find expected ':'") || Says("did not find expected key"))
            return ("a key with ':' is expected here", "write 'key: value', aligned with the other keys of this map");
        if (Says("expected '-' indicator"))
            return ("an item '- …' of the list above is expected here",
                "start this line with '- ' too; or remove the '- ' above if these are keys of one map");
        if (Says("sequence entries are not allowed"))
            return ("a list cannot start on the line of its key", "put '- …' on the next line, or write [a, b]");
        if (Says("unknown escape character"))
            return ("there is no such escape in \"…\"", "write \\\\ for a backslash, or use '…' where backslashes are plain");
        if (Says("cannot start any token"))
            return ("no value can start with this character", "put the value in quotes");
        return Says("expected node content")
            ? ("a value is expected here", "check the brackets and commas around it")
            : (Lowered(said), null);
    }

    // In block style the lines before decide what a line means.
    private static bool IsAboutBlocks(string said) =>
        said.Contains("invalid mapping", StringComparison.Ordinal) || said.Contains("could not find expected ':'", StringComparison.Ordinal)
        || said.Contains("did not find expected key", StringComparison.Ordinal);

    private static bool HasBareVariable(string line)
    {
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
            if (quote != '\0')
                quote = line[i] == quote ? '\0' : quote;
            else if (line[i] is '"' or '\'')
                quote = line[i];
            else if (line[i] == '$' && i + 1 < line.Length && line[i + 1] == '{')
                return true;
        return false;
    }

    private static string Lowered(string said) =>
        said.Length == 0 ? "cannot be read" : char.ToLowerInvariant(said[0]) + said[1..].TrimEnd('.');

    private static bool IsTab(ReadOnlySpan<char> line, int column) => column >= 1 && column <= line.Length && line[column - 1] == '\t';

    // The parser points at the key before the tab, which may be far above: from there, the first line indented by a tab is meant.
    private static SourceSpan TabPlace(SourceFile file, int line)
    {
        var lines = file.Text.AsSpan().Count('\n') + 1;
        for (var candidate = line; candidate <= lines; candidate++)
        {
            var text = file.Line(candidate);
            var indentation = text[..^text.TrimStart().Length];
            if (indentation.IndexOf('\t') is var tab and >= 0)
                return new(file, candidate, tab + 1, 1);
        }
        return new(file, line, 1, 1);
    }
}
