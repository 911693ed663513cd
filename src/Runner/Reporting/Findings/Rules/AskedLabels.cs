using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>How much harder it is to answer more of a label, such as a whole code instead of its first letter.</summary>
internal sealed class AskedLabels : IFindingRule
{
    public string Id => "asked";

    public FindingTopic Topic => FindingTopic.Effects;

    public Finding? Of(FindingData data)
    {
        if (data.Axis is not { } axis || data.Asked.Count < 2)
            return null;
        var ranked = data.Asked.OrderByDescending(slice => slice.Share).ToList();
        var steps = data.Asked.Zip(data.Asked.Skip(1)).ToList();
        var (before, after) = steps.MaxBy(step => Math.Abs(step.First.Share - step.Second.Share));
        return new(FindingRules.RankOfEffect(93.8, axis.Key, data), new Dictionary<string, FindingValue>
        {
            ["easiest"] = Setting(ranked[0]),
            ["hardest"] = Setting(ranked[^1]),
            ["easiest_right"] = FindingValue.Share(ranked[0].Share),
            ["hardest_right"] = FindingValue.Share(ranked[^1].Share),
            ["difference"] = new(ranked[^1].Share - ranked[0].Share, ValueFormat.Points),
            ["before"] = FindingValue.Settings([before.Name]),
            ["after"] = FindingValue.Settings([after.Name]),
            ["before_right"] = FindingValue.Share(before.Share),
            ["after_right"] = FindingValue.Share(after.Share),
        })
        {
            IsMeasurable = ranked[0].Interval.Low > ranked[^1].Interval.High,
            Variant = steps.Count > 1 ? "_steps" : "",
            Figure = Slice.Figure("finding_asked", [.. data.Asked]),
            Source = new("", "", FindingSections.Sweep),
        };

        FindingValue Setting(Slice slice) => FindingValue.Settings([KeyValuePair.Create(axis.Key, slice.Name)]);
    }
}
