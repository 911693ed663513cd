namespace Pipelines.Runner.Documents;

public static class DiagnosticOrder
{
    /// <summary>
    /// By place: the files in the order in which they first come up, then line and column. The same finding once, and nothing more about a
    /// value whose variable has none.
    /// </summary>
    public static IReadOnlyList<Diagnostic> Sorted(IReadOnlyList<Diagnostic> diagnostics)
    {
        Dictionary<string, int> files = new(StringComparer.Ordinal);
        HashSet<string> withoutValue = new(StringComparer.Ordinal);
        foreach (var diagnostic in diagnostics)
        {
            files.TryAdd(diagnostic.At.File.Path, files.Count);
            if (IsAboutVariable(diagnostic))
                withoutValue.Add(diagnostic.At.ToString());
        }
        HashSet<(string Code, string Place, string Message)> seen = [];
        return [.. diagnostics
            .Where(diagnostic => IsAboutVariable(diagnostic) || !withoutValue.Contains(diagnostic.At.ToString()))
            .Where(diagnostic => seen.Add((diagnostic.Code, diagnostic.At.ToString(), diagnostic.Message)))
            .OrderBy(diagnostic => files[diagnostic.At.File.Path]).ThenBy(diagnostic => diagnostic.At.Line).ThenBy(diagnostic => diagnostic.At.Column)];
    }

    private static bool IsAboutVariable(Diagnostic diagnostic) =>
        diagnostic.Code is "unknown-variable" or "unclosed-variable" or "variable-in-text" or "variable-cycle" or "broken-variable" or "variables-too-large";
}
