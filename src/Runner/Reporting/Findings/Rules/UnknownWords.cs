using Pipelines.Runner.Reporting.Model;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Texts with a word that the model never saw are answered wrongly more often.</summary>
internal sealed class UnknownWords : IFindingRule
{
    private const int ExamplesShown = 2;

    public string Id => "unknown";

    public FindingTopic Topic => FindingTopic.Texts;

    public Finding? Of(FindingData data)
    {
        if (data.Slices.ByUnknownWords is not var (with, without) || !with.IsBelow(without))
            return null;
        var words = data.Errors.SelectMany(answer => data.UnknownWords!(answer.Text)).Distinct(StringComparer.Ordinal)
            .Take(ExamplesShown).ToList();
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
