using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>Fingerprint → committed outputs. Declared here, implemented in Storage, so that no arrow points back.</summary>
public interface IArtifactStore
{
    /// <summary>The committed result, or why there is none (<c>never ran</c>, <c>object missing</c>, <c>damaged action file</c>).</summary>
    StoredResult Find(ContentHash fingerprint);

    /// <summary>Waits for the one lock of this fingerprint; disposing releases it.</summary>
    /// <param name="waitingFor">Called once, with words for the holder, when another process has the lock.</param>
    Task<IDisposable> LockAsync(ContentHash fingerprint, Action<string> waitingFor, CancellationToken cancellation);

    /// <summary>A private folder in the store for one execution, on the same volume as the objects.</summary>
    /// <param name="fresh">Drops what an interrupted execution left in the work folder.</param>
    StageWorkspace Open(ContentHash fingerprint, bool fresh);

    /// <summary>Moves the artifacts into place without recording whose result they are.</summary>
    ArtifactSet Place(ArtifactSet outputs);

    /// <summary>As <see cref="Place"/>, then writes the action file: the only commit point.</summary>
    ActionRecord Commit(ActionRecord action);

    /// <summary>What is wrong with an artifact on disk, or null.</summary>
    /// <param name="thorough">Reads every byte; otherwise files, sizes and end marks only.</param>
    string? Verify(Artifact artifact, bool thorough);

    /// <summary>Removes this process's temporary folder; the next execution makes a new one.</summary>
    void Tidy();

    /// <summary>Takes a damaged artifact out of the store, so that its producers miss.</summary>
    void Evict(Artifact artifact);
}
