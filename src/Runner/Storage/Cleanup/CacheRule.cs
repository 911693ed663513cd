using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>
/// Which of the results that nobody needs are removed: all of them, or only what is old, or only as much as makes the store small enough.
/// </summary>
/// <param name="KeepRuns">Results of so many last runs are needed.</param>
/// <param name="OlderThan">Younger ones stay.</param>
/// <param name="MaxBytes">Of all objects together; the oldest results go first, until the rest fits.</param>
public sealed record CacheRule(int KeepRuns, TimeSpan? OlderThan = null, long? MaxBytes = null)
{
    /// <param name="results">All in the store, the latest first.</param>
    /// <param name="live">What is needed.</param>
    /// <param name="sizes">Bytes of each object that results name.</param>
    internal IReadOnlyList<CachedResult> Dead(
        IReadOnlyList<CachedResult> results, LiveResults live, IReadOnlyDictionary<ContentHash, long> sizes, DateTimeOffset now)
    {
        var candidates = results.Where(result => !live.Has(result) && (OlderThan is not { } age || now - result.Made > age)).Reverse();
        return MaxBytes is { } max ? [.. UntilItFits(candidates, results, live, sizes, max)] : [.. candidates];
    }

    // An object is gone when the last result that names it is.
    private static IEnumerable<CachedResult> UntilItFits(
        IEnumerable<CachedResult> candidates, IReadOnlyList<CachedResult> results, LiveResults live,
        IReadOnlyDictionary<ContentHash, long> sizes, long max)
    {
        var named = results.SelectMany(result => result.Objects.Distinct()).CountBy(id => id).ToDictionary();
        var bytes = named.Keys.Sum(id => sizes.GetValueOrDefault(id));
        foreach (var result in candidates)
        {
            if (bytes <= max)
                yield break;
            yield return result;
            foreach (var id in result.Objects.Distinct())
                if (--named[id] == 0 && !live.Objects.Contains(id.Hex))
                    bytes -= sizes.GetValueOrDefault(id);
        }
    }
}
