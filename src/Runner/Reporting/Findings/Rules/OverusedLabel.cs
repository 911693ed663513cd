using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Measures;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>A label that is answered far more often than it is right to, and not by chance.</summary>
internal sealed class OverusedLabel : IFindingRule
{
    private const double WorthSaying = 1.3;
    private const double MinShare = 0.04;
    private const int BarsShown = 4;

    public string Id => "overused";

    public FindingTopic Topic => FindingTopic.Errors;

    public Finding? Of(FindingData data)
    {
        if (data.Labels.Count < 2)
            return null;
        var predicted = data.Answers.GroupBy(answer => answer.Predicted, StringComparer.Ordinal)
            .Select(rows => (Label: rows.Key, Count: rows.LongCount(), Wrong: rows.LongCount(row => !row.IsRight)))
            .Select(label => (label.Label, label.Count, label.Wrong,
                Support: data.LabelsByName.GetValueOrDefault(label.Label)?.Rows ?? 0))
            .OrderByDescending(label => label.Count - label.Support).ThenBy(label => label.Label, StringComparer.Ordinal).First();
        if (predicted.Count < WorthSaying * predicted.Support || predicted.Count - predicted.Support < MinShare * data.Answers.Count
            || new McNemar(predicted.Wrong, predicted.Support - (predicted.Count - predicted.Wrong)).PValue >= PairTests.Significance)
            return null;
        return new(52 + (20 * predicted.Wrong / (double)data.Answers.Count), new Dictionary<string, FindingValue>
        {
            ["label"] = predicted.Label,
            ["count"] = predicted.Count,
            ["support"] = predicted.Support,
            ["wrong"] = predicted.Wrong,
        })
        {
            Figure = Bars.OfLabels(data, [predicted.Label,
                .. data.Labels.Where(label => label.Label != predicted.Label).OrderByDescending(label => label.Rows).Take(BarsShown - 1)
                    .Select(label => label.Label)]),
            Source = new(data.Stage, CardNames.ClassReport, FindingSections.Results),
        };
    }
}
