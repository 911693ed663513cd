using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>What collecting unneeded results removed, or would remove.</summary>
/// <param name="Removed">Results that could be read, the oldest first.</param>
/// <param name="Results">All of them.</param>
/// <param name="Left">Bytes of the objects that stay.</param>
public sealed record CacheCollection(IReadOnlyList<CachedResult> Removed, int Results, int Objects, long Bytes, long Left)
{
    // An interrupted training resumes from its work folder; after this long nobody is going to.
    private static readonly TimeSpan WorkIsKept = TimeSpan.FromDays(14);

    /// <summary>
    /// Removes results and objects that no pipeline last used, none of the last runs used or was killed over, and no lock file beside a
    /// pipeline names.
    /// </summary>
    /// <param name="rule">Which of them.</param>
    /// <param name="dryRun">Only counts.</param>
    /// <exception cref="StorageException">A run is going on, or a lock file cannot be read.</exception>
    public static CacheCollection Of(string projectRoot, CacheRule rule, bool dryRun, TimeProvider time)
    {
        var layout = new StoreLayout(projectRoot);
        if (!Directory.Exists(layout.Root))
            return new([], 0, 0, 0, 0);
        using var gate = StoreGate.TryTakeAlone(layout)
            ?? throw new StorageException("a run is going on in this project") { Help = "collect when it is done" };
        var live = LiveResults.Of(projectRoot, rule.KeepRuns);
        var results = CacheInventory.Of(projectRoot);
        var sizes = CacheInventory.ObjectFolders(layout)
            .ToDictionary(folder => new ContentHash(Path.GetFileName(folder)), CacheInventory.SizeOf);
        var removed = rule.Dead(results, live, sizes, time.GetUtcNow());
        var kept = results.Except(removed).ToList();
        var fingerprints = kept.Select(result => result.Fingerprint.Hex).ToHashSet(StringComparer.Ordinal);
        var ids = kept.SelectMany(result => result.Objects).Select(id => id.Hex).Concat(live.Objects).ToHashSet(StringComparer.Ordinal);
        var dead = CacheInventory.ActionFiles(layout)
            .Where(path => !fingerprints.Contains(Path.GetFileNameWithoutExtension(path))).ToList();
        var objects = CacheInventory.ObjectFolders(layout).Where(folder => !ids.Contains(Path.GetFileName(folder))).ToList();
        var bytes = objects.Sum(folder => sizes[new(Path.GetFileName(folder))]);
        var collection = new CacheCollection(removed, dead.Count, objects.Count, bytes, sizes.Values.Sum() - bytes);
        if (dryRun)
            return collection;
        // Results before their objects: a kill in between leaves objects without results, which the next collection finds.
        dead.ForEach(File.Delete);
        Remove(objects, layout);
        RemoveOldWork(layout, time);
        return collection;
    }

    // Each goes aside as a whole first, so that a kill leaves no half object in its place. What kills left in such folders goes too.
    private static void Remove(List<string> objects, StoreLayout layout)
    {
        using var temporary = new TemporaryFolders(layout, alone: true);
        var aside = Path.Combine(temporary.NewFolder(), "object");
        foreach (var folder in objects)
        {
            Directory.Move(folder, aside);
            FolderRemoval.Remove(aside);
        }
    }

    private static void RemoveOldWork(StoreLayout layout, TimeProvider time)
    {
        if (!Directory.Exists(layout.WorkFolders))
            return;
        foreach (var folder in new DirectoryInfo(layout.WorkFolders).EnumerateDirectories().ToList())
            if (time.GetUtcNow().UtcDateTime - folder.LastWriteTimeUtc > WorkIsKept)
                FolderRemoval.Remove(folder.FullName);
    }
}
