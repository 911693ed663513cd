namespace Pipelines.Runner.Documents;

/// <summary>The wording of every diagnostic, and nothing else: one method a code.</summary>
public static partial class Diagnostics
{
    private static Diagnostic Error(
        string code, string message, SourceSpan at, string? help = null, IReadOnlyList<RelatedPlace>? related = null) =>
        new(code, Severity.Error, message, at, help, related is { Count: > 0 } ? related : null);

    /// <summary>About a value: its further places are shown too.</summary>
    private static Diagnostic Error(string code, string message, YamlNode about, string? help = null) =>
        Error(code, message, about.At, help, about.Through) with { IsConsequence = about.IsUnresolved };
}
