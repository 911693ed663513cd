using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Few of the labels hold half of the rows.</summary>
internal sealed class UnequalLabels : IDescribing
{
    private const double WorthSaying = 0.35;

    public string Id => "unequal_labels";

    public FindingTopic Topic => FindingTopic.Classes;

    public Finding? Of(FindingData data) => data.Described.Labels is { } labels && labels.Half <= WorthSaying * labels.All
        ? new(80, new Dictionary<string, FindingValue>
        {
            ["count"] = labels.Half,
            ["all"] = labels.All,
            ["frequent"] = labels.Frequent,
            ["rare"] = labels.Rare,
        })
        {
            Figure = Bars.First(labels.Figure, "finding_frequent_labels"),
            Source = new(labels.Stage, CardNames.MostFrequentClasses, FindingSections.Data),
        }
        : null;
}
