using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Nearly every row gets the same label, though many rows have another one.</summary>
internal sealed class DegenerateModel : IFindingRule
{
    private const double NearlyAll = 0.98;
    private const double NotNearlyAll = 0.9;
    private const int BarsShown = 4;

    public string Id => "degenerate";

    public FindingTopic Topic => FindingTopic.Validity;

    public Finding? Of(FindingData data)
    {
        if (data.Labels.Count < 2)
            return null;
        var most = data.Answers.GroupBy(answer => answer.Predicted, StringComparer.Ordinal).MaxBy(rows => rows.Count())!;
        var support = data.Answers.LongCount(answer => answer.Label == most.Key);
        if (most.Count() < NearlyAll * data.Answers.Count || support > NotNearlyAll * data.Answers.Count)
            return null;
        return new(98, new Dictionary<string, FindingValue>
        {
            ["label"] = most.Key,
            ["count"] = most.Count(),
            ["rows"] = data.Answers.Count,
            ["support"] = support,
        })
        {
            Variant = most.Count() == data.Answers.Count ? "_always" : "",
            Figure = Bars.OfLabels(
                data, [.. data.Labels.OrderByDescending(label => label.Rows).Take(BarsShown).Select(label => label.Label)]),
            Source = new(data.Stage, CardNames.ClassReport, FindingSections.Results),
            IsReservation = true,
        };
    }
}
