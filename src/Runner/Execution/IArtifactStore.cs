using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>Fingerprint → committed outputs. Declared here, implemented in Storage, so that no arrow points back.</summary>
public interface IArtifactStore
{
    /// <summary>The committed result, or why there is none (<c>never ran</c>, <c>object missing</c>, <c>damaged action file</c>).</summary>
    StoredResult Find(ContentHash fingerprint);

    /// <summary>Waits for the one lock of this fingerprint; disposing releases it.</summary>
    Task<IAsyncDisposable> LockAsync(ContentHash fingerprint, Action<string> waitingFor, CancellationToken cancellation);

    /// <summary>A private folder in the store for one execution, on the same volume as the objects.</summary>
    StageWorkspace Open(ContentHash fingerprint);

    /// <summary>Moves the artifacts into place and writes the action file: the only commit point.</summary>
    Task<ActionRecord> CommitAsync(ActionRecord action, CancellationToken cancellation);
}

/// <param name="Miss">Why there is no result; null on a hit.</param>
public sealed record StoredResult(ActionRecord? Action, string? Miss);

/// <summary>What one execution of a stage was and gave; the content of an action file.</summary>
/// <param name="Log">Lines of the stage, warnings prefixed by <c>warning: </c>, replayed when the result is reused.</param>
public sealed record ActionRecord(
    Fingerprint Fingerprint, ArtifactSet Outputs, TimeSpan Took, string? Note, IReadOnlyList<string> Log);

/// <param name="Write">Makes artifacts inside this workspace.</param>
public sealed record StageWorkspace(string ScratchDirectory, string WorkDirectory, IArtifactWriter Write) : IDisposable
{
    public required Action Clean { private get; init; }

    public void Dispose() => Clean();
}
