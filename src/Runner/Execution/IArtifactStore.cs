using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>Fingerprint → committed outputs. Declared here, implemented in Storage, so that no arrow points back.</summary>
public interface IArtifactStore
{
    /// <summary>The committed result, or why there is none (<c>never ran</c>, <c>object missing</c>, <c>damaged action file</c>).</summary>
    /// <param name="known">The reasons behind the fingerprint, where they are known: they need not be read again.</param>
    StoredResult Find(ContentHash fingerprint, Fingerprint? known = null);

    /// <summary>Reads results that will most likely be asked for, side by side; who then gives the reasons too finds each once as it was at this moment.</summary>
    void Expect(IReadOnlyCollection<ContentHash> fingerprints);

    /// <summary>Until disposed, nothing is collected: what a run finds stays as long as the run.</summary>
    IDisposable Keep();

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
    /// <param name="thorough">Reads every byte; otherwise files, sizes and the end mark only.</param>
    string? Verify(Artifact artifact, bool thorough);

    /// <summary>Removes this process's temporary folder; the next execution makes a new one.</summary>
    void Tidy();

    /// <summary>Takes a damaged artifact out of the store, so that its producers miss; not when another process has already repaired it.</summary>
    /// <param name="evenWhole">Also when nothing is wrong with its files: who reads it can do nothing with it all the same.</param>
    void Evict(Artifact artifact, bool evenWhole);
}
