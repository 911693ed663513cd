using Pipelines.Runner.Reporting.Model;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Texts with a word that the model never saw are answered wrongly more often.</summary>
internal sealed class UnknownWords : IFindingRule
{
    public string Id => "unknown";

    public FindingTopic Topic => FindingTopic.Texts;

    public Finding? Of(FindingData data)
    {
        if (data.Slices.ByUnknownWords is not var (with, without) || !with.IsPartBelow(without))
            return null;
        var words = data.Errors.SelectMany(answer => answer.Text.UnknownWords!).Distinct(StringComparer.Ordinal)
            .Take(AnsweredText.MostUnknown).ToList();
        return new(64 + (20 * with.Rows / (double)data.Answers.Count), new Dictionary<string, FindingValue>
        {
            ["with"] = FindingValue.Share(1 - with.Share),
            ["count"] = with.Rows,
            ["without"] = FindingValue.Share(1 - without.Share),
            ["examples"] = FindingValue.Quoted(words),
        })
        {
            Figure = Slice.Figure("finding_unknown_words", without, with),
            Source = SliceItems.Source,
        };
    }
}
