using Pipelines.Stages.Measures;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>How far a pipeline is from the one that it extends, on the same rows.</summary>
internal sealed class ParentDifference : IFindingRule
{
    public string Id => "parent";

    public FindingTopic Topic => FindingTopic.Effects;

    public Finding? Of(FindingData data)
    {
        if (data.Parent is not { } parent || parent.IsRight.Count != data.Answers.Count || data.Answers.Count == 0)
            return null;
        Rival own = new(data.Pipeline, [.. data.Answers.Select(answer => answer.IsRight)]);
        var pValue = McNemar.Of(own.IsRight, parent.IsRight).PValue;
        return new(93, new Dictionary<string, FindingValue>(PairTests.Values(own, parent, pValue)) { ["name"] = parent.Model })
        {
            IsMeasurable = pValue < PairTests.Significance,
            Variant = PairTests.Variant(own.Share - parent.Share, pValue),
            Figure = Slice.Figure("finding_parent", parent.AsSlice(parent.Model), own.AsSlice(own.Model)),
            Source = new("", "", FindingSections.Results),
        };
    }
}
