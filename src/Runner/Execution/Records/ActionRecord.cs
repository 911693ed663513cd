using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>What one execution of a stage was and gave; the content of an action file.</summary>
/// <param name="Run">Id of the run that made it.</param>
/// <param name="Log">Lines of the stage, warnings prefixed by <c>warning: </c>, replayed when the result is reused.</param>
public sealed record ActionRecord(
    Fingerprint Fingerprint, ArtifactSet Outputs, TimeSpan Took, string? Note, IReadOnlyList<string> Log, string Run)
{
    /// <summary>What the files of the outputs take on disk; null when nothing was committed.</summary>
    public long? Bytes { get; init; }

    /// <summary>Null where it was not measured: by an older runner, or on another system.</summary>
    public MemoryUse? Memory { get; init; }

    /// <summary>The shared cache it came from; null: it was made here.</summary>
    public string? Origin { get; init; }
}

/// <param name="Miss">Why there is no result; null on a hit.</param>
public sealed record StoredResult(ActionRecord? Action, string? Miss)
{
    public const string NeverRan = "never ran";
}
