using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>A result on its way from a shared cache into the store; disposing removes what was not committed.</summary>
internal sealed class ArrivedResult(ArtifactStore store, ActionFile file, string origin) : IDisposable
{
    private readonly string _folder = store.Temporary.NewFolder();
    private readonly Dictionary<ContentHash, string> _folders = [];

    /// <summary>As it can be committed once it is whole.</summary>
    public ActionRecord Action => file.Action with
    {
        Origin = origin,
        Outputs = new(file.Action.Outputs.ByPort.ToDictionary(
            port => port.Key,
            port => (IReadOnlyList<Artifact>)[.. port.Value.Select(artifact => artifact with { Directory = _folders[artifact.Id] })],
            StringComparer.Ordinal)),
    };

    /// <summary>Fetches what the store lacks; false: something is not there any more.</summary>
    /// <exception cref="SharingException">Something came that is not what it should be.</exception>
    public async Task<bool> IsWholeAsync(BlobPlace place, CancellationToken cancellation)
    {
        foreach (var stored in file.Objects)
        {
            if (store.Objects.Check(stored.Id, thorough: true) is null)
            {
                _folders.Add(stored.Id, store.Layout.Object(stored.Id));
                continue;
            }
            var folder = Path.Combine(_folder, FormattableString.Invariant($"{_folders.Count}"));
            _folders.Add(stored.Id, folder);
            foreach (var one in stored.Files)
                if (!await IsFetchedAsync(place, folder, one, cancellation).ConfigureAwait(false))
                    return false;
            if (StoredFile.Problem(folder, stored.Files, thorough: true) is { } problem)
                throw new SharingException($"gave something else than what was kept: {problem} ({file.Action.Fingerprint.Hash})",
                    SharingFault.Content);
        }
        return true;
    }

    public void Dispose() => store.Temporary.Free(_folder);

    private static async Task<bool> IsFetchedAsync(BlobPlace place, string folder, StoredFile one, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, one.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await using (target.ConfigureAwait(false))
            return await place.ReadAsync(SharedCache.BlobOf(one), target, one.Bytes, cancellation).ConfigureAwait(false);
    }
}
