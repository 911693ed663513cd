using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>With few rows the score may be some points off.</summary>
internal sealed class FewRows : IFindingRule
{
    private const double WorthSaying = 0.03;

    public string Id => "few_rows";

    public FindingTopic Topic => FindingTopic.Limits;

    public Finding? Of(FindingData data) =>
        data is { Score: { Value: var value, Low: { } low, High: { } high, Described.Format: ValueFormat.Percent }, Answers.Count: > 0 }
        && (high - low) / 2 >= WorthSaying
            ? new(20, new Dictionary<string, FindingValue>
            {
                ["rows"] = data.Answers.Count,
                ["points"] = FindingValue.Points(Math.Max(high - value, value - low)),
            })
            : null;
}
