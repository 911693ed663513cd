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
        return [.. ids.Select(id => Of(id, Find(before, id), Find(after, id), store)).Where(stage => stage.Changes.Count + stage.Metrics.Count > 0 || stage.OnlyIn is not null)];
    }

    private static ComparedStage Of(string id, StageRun? before, StageRun? after, IArtifactStore store)
    {
        var onlyIn = before is null ? "the second" : after is null ? "the first" : null;
        var (reasonsBefore, reasonsAfter) = (ReasonsOf(before, store), ReasonsOf(after, store));
        var changes = reasonsBefore is null || reasonsAfter is null ? []
            : reasonsAfter.ChangesSince(reasonsBefore).Where(change => !change.Name.StartsWith("from.", StringComparison.Ordinal)).ToList();
        var (metricsBefore, metricsAfter) = (MetricsOf(before), MetricsOf(after));
        var metrics = metricsBefore.Keys.Union(metricsAfter.Keys).Order(StringComparer.Ordinal)
            .Select(name => new ComparedMetric(name, Find(metricsBefore, name), Find(metricsAfter, name)))
            .Where(metric => !Nullable.Equals(metric.Before, metric.After)).ToList();
        return new(id, onlyIn, changes, metrics);
    }

    private static StageRun? Find(RunRecord run, string id) => run.Stages.FirstOrDefault(stage => stage.Id == id);

    private static double? Find(Dictionary<string, double> metrics, string name) => metrics.TryGetValue(name, out var value) ? value : null;

    private static Fingerprint? ReasonsOf(StageRun? stage, IArtifactStore store) => stage?.Outcome switch
    {
        StageOutcome.Ran ran => store.Find(ran.Fingerprint).Action?.Fingerprint,
        StageOutcome.Reused reused => store.Find(reused.Fingerprint).Action?.Fingerprint,
        _ => null,
    };

    private static Dictionary<string, double> MetricsOf(StageRun? stage) =>
        (stage?.Outcome.Results?.ByPort.Values ?? []).SelectMany(port => port).OfType<Metrics>().SelectMany(metrics => metrics.Values)
            .DistinctBy(item => item.Key).ToDictionary(StringComparer.Ordinal);
}

/// <param name="OnlyIn"><c>the first</c> or <c>the second</c> run; null: in both.</param>
/// <param name="Changes">Of parameters, version, seed, engine, device; what comes from upstream shows there.</param>
public sealed record ComparedStage(string Id, string? OnlyIn, IReadOnlyList<FingerprintChange> Changes, IReadOnlyList<ComparedMetric> Metrics);

public sealed record ComparedMetric(string Name, double? Before, double? After);
