using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Storage;

/// <summary>What a collection of what nobody needs removed, or would remove.</summary>
public sealed record CacheCollection(int Results, int Objects, long Bytes)
{
    // An interrupted training resumes from its work folder; after this long nobody is going to.
    private static readonly TimeSpan WorkIsKept = TimeSpan.FromDays(14);

    /// <summary>
    /// Removes results and objects that no pipeline last used, none of the last runs used, and no lock file beside a pipeline names.
    /// </summary>
    /// <param name="dryRun">Only counts.</param>
    /// <exception cref="StorageException">A run is writing to the store.</exception>
    public static CacheCollection Of(string projectRoot, int keepRuns, bool dryRun, TimeProvider time)
    {
        var layout = new StoreLayout(projectRoot);
        if (!Directory.Exists(layout.Root))
            return new(0, 0, 0);
        Directory.CreateDirectory(Path.GetDirectoryName(layout.Gate)!);
        using var gate = ExclusiveFile.TryOpen(layout.Gate)
            ?? throw new StorageException("a run is writing to the store") { Help = "collect when it is done" };
        var live = LiveResults.Of(projectRoot, keepRuns);
        var dead = CacheInventory.ActionFiles(layout).Where(path => !live.Fingerprints.Contains(Path.GetFileNameWithoutExtension(path))).ToList();
        var kept = live.Objects.ToHashSet(StringComparer.Ordinal);
        foreach (var result in CacheInventory.Of(projectRoot).Where(result => live.Fingerprints.Contains(result.Fingerprint.Hex)))
            kept.UnionWith(result.Objects.Select(id => id.Hex));
        var objects = CacheInventory.ObjectFolders(layout).Where(folder => !kept.Contains(Path.GetFileName(folder))).ToList();
        var collection = new CacheCollection(dead.Count, objects.Count, objects.Sum(CacheInventory.SizeOf));
        if (dryRun)
            return collection;
        // Results before their objects: a kill in between leaves objects without results, which the next collection finds.
        dead.ForEach(File.Delete);
        objects.ForEach(FolderRemoval.Remove);
        RemoveOldWork(layout, time);
        return collection;
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
