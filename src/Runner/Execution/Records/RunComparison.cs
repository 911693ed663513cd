using System.Diagnostics;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>What differs between two runs, stage by stage, in the order of the later one.</summary>
public static class RunComparison
{
    /// <summary>Stages of which neither parameters nor metrics differ are left out.</summary>
    /// <param name="store">Knows the parameters of a result as long as it keeps it.</param>
    public static IReadOnlyList<ComparedStage> Of(RunRecord before, RunRecord after, IArtifactStore store)
    {
        var ids = after.Stages.Select(stage => stage.Id).Union(before.Stages.Select(stage => stage.Id));
        return [.. ids.Select(id => Of(id, Find(before, id), Find(after, id), store)).Where(stage => stage.Differs)];
    }

    private static ComparedStage Of(string id, StageRun? before, StageRun? after, IArtifactStore store)
    {
        var onlyIn = before is null ? "the second" : after is null ? "the first" : null;
        var (reasonsBefore, reasonsAfter) = (ReasonsOf(before, store), ReasonsOf(after, store));
        var changes = reasonsBefore is null || reasonsAfter is null ? []
            : reasonsAfter.ChangesSince(reasonsBefore).Where(change => !change.Name.StartsWith("from.", StringComparison.Ordinal)).ToList();
        var (metricsBefore, metricsAfter) = (MetricsOf(before), MetricsOf(after));
        return new(id, onlyIn, changes, ComparedMetric.Of(metricsBefore, metricsAfter));
    }

    private static StageRun? Find(RunRecord run, string id) => run.Stages.FirstOrDefault(stage => stage.Id == id);

    private static Fingerprint? ReasonsOf(StageRun? stage, IArtifactStore store) => stage?.Outcome switch
    {
        StageOutcome.Ran ran => store.Find(ran.Fingerprint).Action?.Fingerprint,
        StageOutcome.Reused reused => store.Find(reused.Fingerprint).Action?.Fingerprint,
        null or StageOutcome.Stale or StageOutcome.Skipped or StageOutcome.Failed or StageOutcome.Interrupted => null,
        _ => throw new UnreachableException(),
    };

    private static Dictionary<string, double> MetricsOf(StageRun? stage) =>
        (stage?.Outcome.Results?.ByPort.Values ?? []).SelectMany(port => port).OfType<Metrics>().SelectMany(metrics => metrics.Values)
            .DistinctBy(item => item.Key).ToDictionary(StringComparer.Ordinal);
}

/// <param name="OnlyIn"><c>the first</c> or <c>the second</c>; null: in both.</param>
/// <param name="Changes">Of parameters, version, seed, engine, device; what comes from upstream shows there.</param>
public sealed record ComparedStage(
    string Id, string? OnlyIn, IReadOnlyList<FingerprintChange> Changes, IReadOnlyList<ComparedMetric> Metrics)
{
    /// <summary>What it loaded that has other content, e.g. <c>rows.text</c>; only of stages that take nothing from others.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    public bool Differs => OnlyIn is not null || Changes.Count + Metrics.Count + Data.Count > 0;
}

public sealed record ComparedMetric(string Name, double? Before, double? After)
{
    /// <summary>Those that differ, sorted by name.</summary>
    public static IReadOnlyList<ComparedMetric> Of(IReadOnlyDictionary<string, double> before, IReadOnlyDictionary<string, double> after) =>
        [.. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Select(name => new ComparedMetric(name, Find(before, name), Find(after, name)))
            .Where(metric => !Nullable.Equals(metric.Before, metric.After))];

    private static double? Find(IReadOnlyDictionary<string, double> metrics, string name) =>
        metrics.TryGetValue(name, out var value) ? value : null;
}

/// <summary>Two runs, or two revisions of a lock file, and what differs.</summary>
/// <param name="Notes">What could not be compared, and why.</param>
public sealed record Comparison(ComparedSide First, ComparedSide Second, IReadOnlyList<ComparedStage> Stages, IReadOnlyList<string> Notes);

/// <param name="Name">Id of a run, or a revision; null: the files as they are now.</param>
public sealed record ComparedSide(string? Name, string Pipeline);
