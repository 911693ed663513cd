namespace Pipelines.Runner.Documents;

public static class DiagnosticOrder
{
    /// <summary>By place: the files in the order in which they first come up, then line and column; the same finding once.</summary>
    public static IReadOnlyList<Diagnostic> Sorted(IReadOnlyList<Diagnostic> diagnostics)
    {
        List<string> files = [];
        foreach (var diagnostic in diagnostics)
            if (!files.Contains(diagnostic.At.File.Path))
                files.Add(diagnostic.At.File.Path);
        HashSet<(string Code, string Place, string Message)> seen = [];
        return [.. diagnostics
            .Where(diagnostic => seen.Add((diagnostic.Code, diagnostic.At.ToString(), diagnostic.Message)))
            .OrderBy(diagnostic => files.IndexOf(diagnostic.At.File.Path)).ThenBy(diagnostic => diagnostic.At.Line).ThenBy(diagnostic => diagnostic.At.Column)];
    }
}
