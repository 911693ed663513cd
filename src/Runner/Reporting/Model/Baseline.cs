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
        var length = LabelLength.Before(scores.Stage.Id, results);
        var found =
            from result in results
            where LabelLength.Of(result) == length
            from measure in result.Report.Metrics
            where measure.Value.Baseline?.Of.Contains(scores.Values[0].Measure) == true
                && result.Metrics.ContainsKey(MetricNames.Of(scores.Split, measure.Key))
            select new Baseline(result.Metrics[MetricNames.Of(scores.Split, measure.Key)], measure.Value.Baseline!.Method);
        return found.FirstOrDefault();
    }
}
