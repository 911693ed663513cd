using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>What reading every byte of the store found.</summary>
/// <param name="Damaged">One line an object that is not what was written.</param>
public sealed record CacheVerification(int Objects, long Bytes, IReadOnlyList<string> Damaged)
{
    /// <param name="evict">Takes damaged objects out, so that they are made again when they are needed.</param>
    public static CacheVerification Of(string projectRoot, bool evict)
    {
        var layout = new StoreLayout(projectRoot);
        using var temporary = new TemporaryFolders(layout);
        var objects = new ObjectFolders(layout, temporary, _ => { });
        var damaged = new List<string>();
        var count = 0;
        var bytes = 0L;
        foreach (var folder in CacheInventory.ObjectFolders(layout).Order(StringComparer.Ordinal).ToList())
        {
            var id = ContentHash.Find(Path.GetFileName(folder))!.Value;
            var problem = objects.Check(id, thorough: true);
            // A collection, or a run that replaces it, may have taken it away meanwhile.
            if (!Directory.Exists(folder))
                continue;
            count++;
            bytes += CacheInventory.SizeOf(folder);
            if (problem is null)
                continue;
            damaged.Add(problem);
            if (evict)
                objects.Evict(id, evenWhole: false);
        }
        return new(count, bytes, damaged);
    }
}
