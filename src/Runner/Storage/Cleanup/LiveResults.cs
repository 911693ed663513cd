using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Storage;

/// <summary>What somebody still needs of the store, in hexadecimal.</summary>
/// <param name="Runs">Ids of runs that were killed before they wrote their record: all their results are needed.</param>
internal sealed record LiveResults(IReadOnlySet<string> Fingerprints, IReadOnlySet<string> Objects, IReadOnlySet<string> Runs)
{
    public bool Has(CachedResult result) => Fingerprints.Contains(result.Fingerprint.Hex) || Runs.Contains(result.Run);

    public static LiveResults Of(string projectRoot, int keepRuns)
    {
        var layout = new StoreLayout(projectRoot);
        var fingerprints = new HashSet<string>(StringComparer.Ordinal);
        var objects = new HashSet<string>(StringComparer.Ordinal);
        if (Directory.Exists(layout.Last))
            foreach (var file in Directory.EnumerateFiles(layout.Last, "*.json"))
                fingerprints.UnionWith(LastResultsJson.Read(file).Values.Select(last => last.Hash.Hex));
        var runs = new RunStore(projectRoot);
        foreach (var stage in runs.List().Take(keepRuns).Select(runs.Find).OfType<RunRecord>().SelectMany(run => run.Stages))
            Add(stage.Outcome, fingerprints, objects);
        foreach (var locked in LockFiles.Of(projectRoot))
            fingerprints.UnionWith(locked.Stages.Values.Select(stage => stage.Fingerprint.Hex));
        return new(fingerprints, objects, runs.Unfinished().Take(keepRuns).ToHashSet(StringComparer.Ordinal));
    }

    private static void Add(StageOutcome outcome, HashSet<string> fingerprints, HashSet<string> objects)
    {
        if (outcome is StageOutcome.Ran ran)
            fingerprints.Add(ran.Fingerprint.Hex);
        if ((outcome as StageOutcome.Reused ?? (outcome as StageOutcome.Stale)?.Last) is { } reused)
            fingerprints.Add(reused.Fingerprint.Hex);
        objects.UnionWith((outcome.Shown?.ByPort.Values ?? []).SelectMany(port => port).Select(artifact => artifact.Id.Hex));
    }
}
