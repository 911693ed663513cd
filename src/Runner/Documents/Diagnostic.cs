namespace Pipelines.Runner.Documents;

public enum Severity
{
    Warning,
    Error,
}

/// <summary>One finding for the user; the wording of all of them is in <c>Diagnostics.*.cs</c>.</summary>
/// <param name="Code">Stable, e.g. <c>unknown-stage</c>.</param>
/// <param name="Message">A statement: what was found and what was expected.</param>
/// <param name="Help">What to do, the options, or the nearest name.</param>
/// <param name="Related">Further places, e.g. where a variable was set.</param>
public sealed record Diagnostic(
    string Code, Severity Severity, string Message, SourceSpan At, string? Help = null, IReadOnlyList<RelatedPlace>? Related = null)
{
    /// <summary>It only follows from another finding, e.g. about a variable that has no value, and is not shown.</summary>
    internal bool IsConsequence { get; init; }

    /// <summary>
    /// In the order of their places: files as they first come up, then lines and columns. Equal findings appear once, and those that only
    /// follow from others not at all.
    /// </summary>
    public static IReadOnlyList<Diagnostic> Sorted(IReadOnlyList<Diagnostic> diagnostics)
    {
        Dictionary<string, int> files = new(StringComparer.Ordinal);
        foreach (var diagnostic in diagnostics)
            files.TryAdd(diagnostic.At.File.Path, files.Count);
        HashSet<(string Code, string Place, string Message)> seen = [];
        return [.. diagnostics
            .Where(diagnostic => !diagnostic.IsConsequence && seen.Add((diagnostic.Code, diagnostic.At.ToString(), diagnostic.Message)))
            .OrderBy(diagnostic => files[diagnostic.At.File.Path]).ThenBy(diagnostic => diagnostic.At.Line)
            .ThenBy(diagnostic => diagnostic.At.Column)];
    }
}

public sealed record RelatedPlace(string Note, SourceSpan At);
