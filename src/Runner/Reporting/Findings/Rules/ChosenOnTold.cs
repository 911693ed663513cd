namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>The best of several models was found by the very score that is told.</summary>
internal sealed class ChosenOnTold : IFindingRule
{
    public string Id => "chosen_on_told";

    public FindingTopic Topic => FindingTopic.Limits;

    public Finding? Of(FindingData data) => data.IsChosenOnTold ? new(30, new Dictionary<string, FindingValue>()) : null;
}
