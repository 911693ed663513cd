using Pipelines.Runner.Reporting.Model;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Texts with a number are answered wrongly more often.</summary>
internal sealed class NumbersInTexts : IFindingRule
{
    public string Id => "numbers";

    public FindingTopic Topic => FindingTopic.Texts;

    public Finding? Of(FindingData data)
    {
        var (with, without) = data.Slices.ByNumbers;
        return !with.IsPartBelow(without) ? null : new(55 + (50 * (without.Share - with.Share)), new Dictionary<string, FindingValue>
        {
            ["count"] = with.Rows,
            ["with"] = FindingValue.Share(with.Share),
            ["without"] = FindingValue.Share(without.Share),
        })
        {
            Figure = Slice.Figure("finding_texts_with_number", without, with),
            Source = SliceItems.Source,
        };
    }
}
