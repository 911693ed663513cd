namespace Pipelines.Runner.Documents;

/// <summary>What reading or planning gives: a value when there is no error, and all findings in the order of their places.</summary>
public sealed record Checked<T>(T? Value, IReadOnlyList<Diagnostic> Diagnostics)
    where T : class
{
    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
}
