using System.Globalization;

namespace Pipelines.Runner.Storage;

public enum ReproductionVerdict
{
    /// <summary>Every column, model and metric to the last bit.</summary>
    Identical,

    /// <summary>Contents differ, but every metric is within the tolerance.</summary>
    WithinTolerance,

    Different,
}

/// <summary>How a stage of a new run compares with the lock file.</summary>
/// <param name="Differences">Where, e.g. <c>rows.tokens</c>, <c>test.f1 0.81 → 0.79</c>, <c>fingerprint</c>.</param>
/// <param name="HasMetrics">Only of these can be said that they differ little.</param>
/// <param name="IsMissing">From the lock file or from the run.</param>
public sealed record ReproducedStage(
    string Id, ReproductionVerdict Verdict, IReadOnlyList<string> Differences, bool HasMetrics, bool IsMissing);

/// <summary>Compares a run with what the lock file promises.</summary>
public static class Reproduction
{
    /// <param name="tolerance">Greatest difference of a metric that still counts as equal.</param>
    public static IReadOnlyList<ReproducedStage> Compare(PipelineLock expected, PipelineLock actual, double tolerance) =>
        [.. expected.Stages.Keys.Union(actual.Stages.Keys).Order(StringComparer.Ordinal)
            .Select(id => Compare(id, expected.Stages.GetValueOrDefault(id), actual.Stages.GetValueOrDefault(id), tolerance))];

    /// <summary>
    /// Weights and predictions may differ where every metric is within the tolerance; without a metric anywhere, only identity counts.
    /// </summary>
    public static ReproductionVerdict Overall(IReadOnlyList<ReproducedStage> stages) =>
        stages.All(stage => stage.Verdict == ReproductionVerdict.Identical) ? ReproductionVerdict.Identical
        : stages.Any(stage => stage.HasMetrics)
            && stages.All(stage => stage.Verdict != ReproductionVerdict.Different || !stage.HasMetrics && !stage.IsMissing)
            ? ReproductionVerdict.WithinTolerance
            : ReproductionVerdict.Different;

    private static ReproducedStage Compare(string id, PinnedStage? expected, PinnedStage? actual, double tolerance)
    {
        if (expected is null || actual is null)
            return new(id, ReproductionVerdict.Different, [expected is null ? "not in the lock file" : "no result in this run"],
                HasMetrics: false, IsMissing: true);
        var outputs = expected.Outputs.Keys.Union(actual.Outputs.Keys).Order(StringComparer.Ordinal)
            .Where(name => expected.Outputs.GetValueOrDefault(name) != actual.Outputs.GetValueOrDefault(name));
        var metrics = expected.Metrics.Keys.Union(actual.Metrics.Keys).Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Old: Find(expected, name), New: Find(actual, name)))
            .Where(metric => !Nullable.Equals(metric.Old, metric.New)).ToList();
        var differences = outputs.Concat(metrics.Select(metric => $"{metric.Name} {Change(metric.Old, metric.New)}")).ToList();
        if (differences.Count == 0)
            return new(id, ReproductionVerdict.Identical, [], expected.Metrics.Count > 0, IsMissing: false);
        // Without metrics there is nothing that a tolerance could be about.
        var close = expected.Metrics.Count > 0 && metrics.All(metric => Math.Abs((metric.New - metric.Old) ?? double.NaN) <= tolerance);
        return new(id, close ? ReproductionVerdict.WithinTolerance : ReproductionVerdict.Different, differences,
            expected.Metrics.Count > 0, IsMissing: false);
    }

    private static double? Find(PinnedStage stage, string metric) => stage.Metrics.TryGetValue(metric, out var value) ? value : null;

    // Six digits, and all of them where these do not tell the two apart.
    private static string Change(double? old, double? now) => (Text(old, "G6"), Text(now, "G6")) is var (before, after) && before != after
        ? $"{before} → {after}"
        : $"{Text(old, "R")} → {Text(now, "R")}";

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "none";
}
