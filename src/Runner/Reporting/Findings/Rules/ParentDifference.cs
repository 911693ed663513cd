using Pipelines.Stages.Contracts.Cards;
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
        var test = McNemar.Of(data.Answers.Select(answer => answer.IsRight), parent.IsRight);
        var own = Slice.Of(data.Pipeline, data.Answers);
        var other = new Slice(parent.Model, parent.IsRight.Count, parent.IsRight.LongCount(right => right));
        var (low, high) = test.DifferenceInterval(data.Answers.Count);
        return new(93, new Dictionary<string, FindingValue>
        {
            ["name"] = parent.Model,
            ["right"] = FindingValue.Share(own.Share),
            ["other"] = FindingValue.Share(other.Share),
            ["difference"] = new(own.Share - other.Share, ValueFormat.Points),
            ["low"] = new(low, ValueFormat.Points),
            ["high"] = new(high, ValueFormat.Points),
            ["p"] = FindingValue.PValue(test.PValue),
        })
        {
            IsMeasurable = test.PValue < PairTests.Significance,
            Variant = test.PValue >= PairTests.Significance ? "" : own.Share > other.Share ? "_better" : "_worse",
            Figure = Slice.Figure("finding_parent", other, own),
            Source = new(data.Stage, CardNames.ClassReport, FindingSections.Results),
        };
    }
}
