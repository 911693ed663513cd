using Pipelines.Runner.Reporting.Model;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Texts in capitals are answered wrongly more often.</summary>
internal sealed class CapitalTexts : IFindingRule
{
    public string Id => "capitals";

    public FindingTopic Topic => FindingTopic.Texts;

    public Finding? Of(FindingData data)
    {
        var (capitals, others) = data.Slices.ByCapitals;
        return !capitals.IsPartBelow(others) ? null : new(56 + (50 * (others.Share - capitals.Share)), new Dictionary<string, FindingValue>
        {
            ["count"] = capitals.Rows,
            ["capitals"] = FindingValue.Share(capitals.Share),
            ["others"] = FindingValue.Share(others.Share),
        })
        {
            Figure = Slice.Figure("finding_texts_in_capitals", others, capitals),
            Source = SliceItems.Source,
        };
    }
}
