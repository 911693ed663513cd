using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>
/// Writes the result of one fingerprint into the store, as long as it holds the lock of the fingerprint and that of its work folder.
/// </summary>
internal sealed class ResultClaim(ArtifactStore store, ContentHash fingerprint, WorkFolder folder, params FingerprintLock[] held)
    : IResultClaim
{
    public StageWorkspace Open(bool fresh) => store.Writing(() =>
    {
        var work = store.Layout.Work(folder.Key);
        if (fresh || StoreFolder.IsLink(work))
            FolderRemoval.Remove(work);
        var temporary = store.Temporary.NewFolder();
        return new StageWorkspace(Path.Combine(temporary, "scratch"), work, store.Writer(temporary))
        {
            BytesWritten = () => CacheInventory.SizeOf(temporary),
            Clean = () =>
            {
                store.Temporary.Free(temporary);
                if (Directory.Exists(work) && !Directory.EnumerateFileSystemEntries(work).Any())
                    Directory.Delete(work);
            },
        };
    });

    public async Task<ActionRecord?> FetchAsync(CancellationToken cancellation)
    {
        if (store.Shared is not { } shared
            || await shared.FetchAsync(store, fingerprint, cancellation).ConfigureAwait(false) is not { } arrived)
            return null;
        using (arrived)
            try
            {
                return Commit(arrived.Action);
            }
            catch (DamagedArtifactException)
            {
                // An object that was here has been taken away meanwhile.
                return null;
            }
    }

    public ActionRecord Commit(ActionRecord action) => store.Writing(() =>
    {
        var placing = new ObjectPlacing(store.Objects, Distinct(action.Outputs));
        var committed = action with { Outputs = InStore(action.Outputs), Bytes = placing.Objects.Sum(stored => stored.Bytes) };
        var temporary = store.Temporary.NewPath();
        File.WriteAllBytes(temporary, new ActionFile(committed, placing.Objects).ToBytes());
        Durable.Flush([temporary, .. placing.Unflushed]);
        store.Step("flushed");
        var names = placing.Move();
        if (placing.FoundOthers)
        {
            File.WriteAllBytes(temporary, new ActionFile(committed, placing.Objects).ToBytes());
            Durable.Flush(temporary);
        }
        var path = store.Layout.Action(fingerprint);
        Durable.CreateFolder(Path.GetDirectoryName(path)!, names);
        store.Step("about to commit");
        File.Move(temporary, path, overwrite: true);
        store.Step("renamed");
        Durable.Flush(names.Append(Path.GetDirectoryName(path)!));
        store.Step("committed");
        if (!folder.IsKept)
            FolderRemoval.Remove(store.Layout.Work(folder.Key));
        return committed;
    });

    public ActionRecord Place(ActionRecord action) => store.Writing(() =>
    {
        var placing = new ObjectPlacing(store.Objects, Distinct(action.Outputs));
        Durable.Flush(placing.Unflushed);
        Durable.Flush(placing.Move());
        return action with { Outputs = InStore(action.Outputs) };
    });

    public void Dispose() => Array.ForEach(held, one => one.Dispose());

    private static IEnumerable<Artifact> Distinct(ArtifactSet outputs) =>
        outputs.ByPort.Values.SelectMany(port => port).DistinctBy(artifact => artifact.Id);

    private ArtifactSet InStore(ArtifactSet outputs) => new(outputs.ByPort.ToDictionary(
        port => port.Key,
        port => (IReadOnlyList<Artifact>)[.. port.Value.Select(artifact => artifact with { Directory = store.Layout.Object(artifact.Id) })],
        StringComparer.Ordinal));
}
