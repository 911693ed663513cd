namespace Pipelines.Runner.Documents;

public static class DiagnosticOrder
{
    /// <summary>By place: the files in the order in which they first come up, then line and column; the same finding once, without mere consequences.</summary>
    public static IReadOnlyList<Diagnostic> Sorted(IReadOnlyList<Diagnostic> diagnostics)
    {
        Dictionary<string, int> files = new(StringComparer.Ordinal);
        foreach (var diagnostic in diagnostics)
            files.TryAdd(diagnostic.At.File.Path, files.Count);
        HashSet<(string Code, string Place, string Message)> seen = [];
        return [.. diagnostics
            .Where(diagnostic => !diagnostic.IsConsequence && seen.Add((diagnostic.Code, diagnostic.At.ToString(), diagnostic.Message)))
            .OrderBy(diagnostic => files[diagnostic.At.File.Path]).ThenBy(diagnostic => diagnostic.At.Line).ThenBy(diagnostic => diagnostic.At.Column)];
    }
}
