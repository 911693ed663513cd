namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>One training says nothing of how much another seed would change.</summary>
internal sealed class SingleTraining : IFindingRule
{
    public string Id => "single_training";

    public FindingTopic Topic => FindingTopic.Limits;

    public Finding? Of(FindingData data) =>
        data is { HasTraining: true, Seeds: 1 } ? new(10, new Dictionary<string, FindingValue>()) : null;
}
