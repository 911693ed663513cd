using System.Text.RegularExpressions;

namespace Pipelines.Runner.Serving;

/// <summary>
/// Texts of runs as a page may show them: paths inside the project become relative, of all others only the last name is left. Where a
/// user's folders lie is nobody's business who looks over a shoulder or gets a screenshot.
/// </summary>
internal sealed partial class HiddenPaths(IEnumerable<string> folders)
{
    // The longest first: one folder may lie in the other.
    private readonly string[] _folders =
        [.. folders.Select(folder => folder.TrimEnd('/') + "/").OrderByDescending(folder => folder.Length)];

    public string In(string text)
    {
        foreach (var folder in _folders)
            text = text.Replace(folder, "", StringComparison.Ordinal).Replace(folder[..^1], ".", StringComparison.Ordinal);
        return Absolute().Replace(text, "…/$1");
    }

    // A slash that begins a word, and at least one more: `a/b`, `1/2`, `</p>` and `https://…` are no paths of a disk.
    [GeneratedRegex(@"(?<![\w./:<…])/(?:[^\s/""'`<>|:,;()]+/)+([^\s/""'`<>|:,;()]*)")]
    private static partial Regex Absolute();
}
