using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>The same text with several labels: no model can be right each time.</summary>
internal sealed class ContradictoryLabels : IFindingRule
{
    private const double WorthSaying = 0.99;

    public string Id => "contradictory";

    public FindingTopic Topic => FindingTopic.Validity;

    public Finding? Of(FindingData data)
    {
        if (data.Answers.Count == 0)
            return null;
        var texts = data.Answers.GroupBy(answer => answer.Text.Id)
            .Select(rows => rows.GroupBy(row => row.Label, StringComparer.Ordinal).Select(label => label.Count()).ToList()).ToList();
        var ceiling = texts.Sum(labels => labels.Max()) / (double)data.Answers.Count;
        if (ceiling > WorthSaying)
            return null;
        return new(70 + (20 * (1 - ceiling)), new Dictionary<string, FindingValue>
        {
            ["count"] = texts.Where(labels => labels.Count > 1).Sum(labels => labels.Sum()),
            ["rows"] = data.Answers.Count,
            ["ceiling"] = FindingValue.Share(ceiling),
            ["right"] = FindingValue.Share(data.Right),
        })
        {
            Figure = new BarFigure("finding_contradictory", "finding_bound", "right_answers", ["finding_reached", "finding_ceiling"],
                [new("right_answers", [data.Right, ceiling])], ValueFormat.Percent),
            Source = new("", "", FindingSections.Data),
            IsReservation = true,
        };
    }
}
