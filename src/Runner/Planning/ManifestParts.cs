using System.Text;
using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>
/// Cuts <c>report:</c> out of a manifest: planning needs ports and parameters only, and nothing a run without work does may read the words
/// of reports. Lines keep their numbers.
/// </summary>
internal static class ManifestParts
{
    private const string Report = "report:";

    /// <returns>The second is null where <c>report:</c> does not begin a line.</returns>
    public static (SourceFile Interface, SourceFile? Report) Of(SourceFile file)
    {
        var text = file.Text;
        var start = text.StartsWith(Report, StringComparison.Ordinal) ? 0 : text.IndexOf('\n' + Report, StringComparison.Ordinal) + 1;
        if (start == 0 && !text.StartsWith(Report, StringComparison.Ordinal))
            return (file, null);
        var end = EndOf(text, start + Report.Length);
        return (file with { Text = text[..start] + LinesOf(text.AsSpan(start, end - start)) + text[end..] },
            file with { Text = LinesOf(text.AsSpan(0, start)) + text[start..end] });
    }

    /// <summary>Where the next key of the manifest begins: at the first line that is neither indented nor empty nor a comment.</summary>
    private static int EndOf(string text, int from)
    {
        for (var line = text.IndexOf('\n', from) + 1; line > 0 && line < text.Length; line = text.IndexOf('\n', line) + 1)
            if (text[line] is not (' ' or '\n' or '\r' or '#' or '\t'))
                return line;
        return text.Length;
    }

    private static string LinesOf(ReadOnlySpan<char> text) => new StringBuilder().Append('\n', text.Count('\n')).ToString();
}
