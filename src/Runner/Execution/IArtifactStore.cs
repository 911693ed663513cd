using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>Fingerprint → committed outputs. Declared here, implemented in Storage, so that no arrow points back.</summary>
public interface IArtifactStore
{
    /// <summary>The committed result, or why there is none (<c>never ran</c>, <c>object missing</c>, <c>damaged action file</c>).</summary>
    /// <param name="known">The reasons behind the fingerprint, where they are known: they need not be read again.</param>
    StoredResult Find(ContentHash fingerprint, Fingerprint? known = null);

    /// <summary>
    /// Reads results that will most likely be asked for, side by side. The first <see cref="Find"/> that gives the reasons too gets each as
    /// it was at this moment.
    /// </summary>
    void Expect(IReadOnlyCollection<ContentHash> fingerprints);

    /// <summary>
    /// Until disposed, what a run finds stays in the store; disposing also removes this process's temporary folder, unless a stage still
    /// runs in it.
    /// </summary>
    IDisposable Keep();

    /// <summary>Waits for the one lock of this fingerprint.</summary>
    /// <param name="work">Of the stage, to which no other stage comes meanwhile.</param>
    /// <param name="waitingFor">Called once, with words for the holder, when another process has the lock.</param>
    Task<IResultClaim> ClaimAsync(
        ContentHash fingerprint, WorkFolder work, Action<string> waitingFor, CancellationToken cancellation);

    /// <summary>What is wrong with the bytes of an artifact on disk, or null.</summary>
    /// <param name="again">Even when they were right before and their files seem to be the same since.</param>
    string? Verify(Artifact artifact, bool again);

    /// <summary>
    /// Takes a damaged artifact out of the store, so that its producers miss; not when another process has already repaired it.
    /// </summary>
    /// <param name="evenWhole">Also when nothing is wrong with its files: a stage could do nothing with it all the same.</param>
    void Evict(Artifact artifact, bool evenWhole);
}

/// <summary>The right to make the result of one fingerprint, which one process at a time has; disposing gives it up.</summary>
public interface IResultClaim : IDisposable
{
    /// <summary>A private folder in the store for one execution, on the same volume as the objects.</summary>
    /// <param name="fresh">Drops what an interrupted execution left in the work folder.</param>
    StageWorkspace Open(bool fresh);

    /// <summary>Commits the result as a shared cache gives it, checked; null: there is none, or none that can be used.</summary>
    Task<ActionRecord?> FetchAsync(CancellationToken cancellation);

    /// <summary>Moves the artifacts into place, then writes the action file: the only commit point.</summary>
    ActionRecord Commit(ActionRecord action);

    /// <summary>
    /// As <see cref="Commit"/> without the action file, so that nobody finds the result again: an input changed while it was made.
    /// </summary>
    ActionRecord Place(ActionRecord action);
}
