namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>The runner's own samples show that a pipeline works, not how good a model is.</summary>
internal sealed class SampleData : IFindingRule
{
    public string Id => "sample_data";

    public FindingTopic Topic => FindingTopic.Limits;

    public Finding? Of(FindingData data) => data.IsSample ? new(40, new Dictionary<string, FindingValue>()) : null;
}
