using Pipelines.Runner.Reporting.Model;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>The shortest or the longest third of the texts is answered wrongly more often than the other.</summary>
internal sealed class TextLength : IFindingRule
{
    public string Id => "length";

    public FindingTopic Topic => FindingTopic.Texts;

    public Finding? Of(FindingData data)
    {
        if (data.Slices.ByLength is not var (few, many, most, least) || (!few.IsBelow(many) && !many.IsBelow(few)))
            return null;
        return new(57 + (50 * Math.Abs(few.Share - many.Share)), new Dictionary<string, FindingValue>
        {
            ["short"] = FindingValue.Share(few.Share),
            ["most"] = FindingValue.Words(most),
            ["long"] = FindingValue.Share(many.Share),
            ["least"] = FindingValue.Words(least),
        })
        {
            Variant = few.IsBelow(many) ? "_short" : "",
            Figure = Slice.Figure("finding_length_of_texts", few, many),
            Source = SliceItems.Source,
        };
    }
}
