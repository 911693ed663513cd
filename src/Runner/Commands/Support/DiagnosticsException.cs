using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Commands;

/// <summary>The pipeline cannot be planned or run as it is written: exit code 2.</summary>
internal sealed class DiagnosticsException(IReadOnlyList<Diagnostic> diagnostics) : Exception("the pipeline is not valid")
{
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}
