using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>The interval of the score reaches down to what is had without a model.</summary>
internal sealed class AtBaseline : IFindingRule
{
    public string Id => "at_baseline";

    public FindingTopic Topic => FindingTopic.Validity;

    public Finding? Of(FindingData data)
    {
        if (data is not { Score: { Low: { } low, High: { } high, Described.Format: ValueFormat.Percent } score, Baseline: { } baseline }
            || score.Described.IsLowerBetter || low > baseline.Value)
            return null;
        return new(96, new Dictionary<string, FindingValue>
        {
            ["value"] = FindingValue.Share(score.Value),
            ["low"] = FindingValue.Share(low),
            ["high"] = FindingValue.Share(high),
            ["baseline"] = FindingValue.Share(baseline.Value),
        })
        {
            Figure = new IntervalFigure("finding_score", "right_answers", [new("finding_model", score.Value, low, high)],
                ValueFormat.Percent, MarkX: baseline.Value),
            Source = new(data.Stage, CardNames.ClassReport, FindingSections.Results),
            IsReservation = true,
        };
    }
}
