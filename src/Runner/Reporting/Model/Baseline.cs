using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>The least a model has to beat, as another stage measured it on the same rows.</summary>
/// <param name="Method">How it is reached, as the beginning of a sentence.</param>
internal sealed record Baseline(double Value, LocalizedText Method)
{
    /// <summary>From the first stage that has such a measure of the same labels: whole, or the same first characters. Null: there is
    /// none.</summary>
    public static Baseline? Of(Scores scores, IReadOnlyList<StageResult> results)
    {
        var length = Lineage.Of(scores.Stage.Id, results).Select(LabelLength).FirstOrDefault(written => written is not null)
            ?? Canonical.Null;
        var found =
            from result in results
            where (LabelLength(result) ?? Canonical.Null) == length
            from measure in result.Report.Metrics
            where measure.Value.Baseline?.Of.Contains(scores.Values[0].Measure) == true
                && result.Metrics.ContainsKey(MetricNames.Of(scores.Split, measure.Key))
            select new Baseline(result.Metrics[MetricNames.Of(scores.Split, measure.Key)], measure.Value.Baseline!.Method);
        return found.FirstOrDefault();
    }

    private static string? LabelLength(StageResult result) =>
        result.Stage.Manifest.ParameterWith(ParameterRole.LabelLength) is { } path
            ? result.Stage.Values.GetValueOrDefault(path)?.Text
            : null;
}
