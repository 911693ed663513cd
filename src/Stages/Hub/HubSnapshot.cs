using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Hub;

/// <summary>Which files of a repository are wanted.</summary>
/// <param name="Needed">Of these names, what is needed; null: they do not suffice.</param>
/// <param name="IsSure">Whether no further file of the hub could be wanted beside them, so that nobody has to ask.</param>
/// <param name="Described">For the error, e.g. <c>config.json and model.safetensors</c>.</param>
internal sealed record HubSelection(
    Func<IReadOnlyCollection<string>, IReadOnlyList<string>?> Needed, Func<IReadOnlyCollection<string>, bool> IsSure, string Described)
{
    public static HubSelection Exactly(IReadOnlyList<string> names) =>
        new(given => names.All(given.Contains) ? names : null, _ => true, string.Join(", ", names));
}

/// <summary>Files of a commit, from the cache where they are there, else from the hub.</summary>
internal sealed class HubSnapshot(HubRepository repository, HubAccess access, IProgress<StageProgress> progress, IStageLog log)
{
    private readonly HubCache _cache = new(access.Cache, repository);

    /// <returns>The folder of the commit, with the wanted files in it.</returns>
    /// <exception cref="StageException">They are nowhere; it names every place that was looked at.</exception>
    public async Task<string> FolderAsync(HubSelection wanted, CancellationToken cancellation)
    {
        var whole = Whole();
        var cached = wanted.Needed(whole);
        if (cached is not null && (access.Offline || wanted.IsSure(whole)))
            return _cache.SnapshotOf(access.Commit);
        if (access.Offline)
            throw Missing(wanted, new($"{HubAccess.OfflineVariable} is set, so nobody asked {access.Endpoint}", mayPass: false));
        try
        {
            await FetchAsync(wanted, whole, cancellation).ConfigureAwait(false);
        }
        catch (HubException error) when (error.MayPass && cached is not null)
        {
            log.Warn($"{error.Message}: '{repository.Name}' is read from the cache, where files may be missing that it has on the hub");
        }
        catch (HubException error)
        {
            throw Missing(wanted, error);
        }
        return _cache.SnapshotOf(access.Commit);
    }

    private List<string> Whole()
    {
        List<string> whole = [];
        foreach (var name in _cache.FilesOf(access.Commit))
            if (_cache.IsWhole(access.Commit, name))
                whole.Add(name);
            else
                log.Warn($"'{name}' of '{repository.Name}' is damaged in the cache and is not used");
        return whole;
    }

    private async Task FetchAsync(HubSelection wanted, List<string> whole, CancellationToken cancellation)
    {
        using HubClient client = new(access);
        var listed = await client.CommitAsync(repository, access.Commit, cancellation).ConfigureAwait(false);
        if (listed.Commit != access.Commit)
            throw new HubException($"the hub has the commit {listed.Commit} where {access.Commit} was asked for", mayPass: false);
        var files = listed.Files.ToDictionary(file => file.Name, StringComparer.Ordinal);
        var needed = wanted.Needed(files.Keys) ?? throw new HubException(
            $"the hub has no {wanted.Described} of '{repository.Name}', only {string.Join(", ", files.Keys.Order(StringComparer.Ordinal))}",
            mayPass: false);
        HubDownload download = new(client, _cache, repository, access.Commit, access.FirstPause, progress, log);
        foreach (var name in needed.Except(whole))
            await download.BringAsync(files[name], cancellation).ConfigureAwait(false);
    }

    private StageException Missing(HubSelection wanted, HubException error)
    {
        var moved = error.IsMissing && repository.FixedCommit is null
            ? $" The commit was pinned when '{repository.Revision}' was that; it has moved, or the repository was rewritten. To take what "
                + "it is now, delete the stage's 'revision' from the lock file."
            : "";
        return new($"'{repository.Name}' is not there: {error.Message}.{moved}")
        {
            MayPass = error.MayPass,
            Parameter = repository.Kind == HubKind.Model ? "hub" : "dataset",
            Help = $"looked for {wanted.Described} in {Places()}. {Advice(error)}",
        };
    }

    private string Places()
    {
        var snapshot = _cache.SnapshotOf(access.Commit);
        var files = _cache.FilesOf(access.Commit);
        var there = files.Count > 0 ? $" (there: {string.Join(", ", files)})"
            : Directory.Exists(snapshot) ? " (empty)"
            : " (no such folder)";
        return access.Offline ? $"{snapshot}{there}" : $"{snapshot}{there} and {new Uri(access.Endpoint, repository.Name)}";
    }

    private string Advice(HubException error) =>
        error.Help is { } help ? $"{char.ToUpperInvariant(help[0])}{help[1..]}"
        : $"Where there is network, run `huggingface-cli download {repository.Name} --revision {access.Commit}"
            + $"{(repository.Kind == HubKind.Dataset ? " --repo-type dataset" : "")}` and copy {access.Cache} here, or set "
            + $"{HubAccess.HomeVariable}";
}
