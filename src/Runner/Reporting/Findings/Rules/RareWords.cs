using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Much of a vocabulary occurs only once: nothing can be learned of such words.</summary>
internal sealed class RareWords : IDescribing
{
    private const double WorthSaying = 0.25;

    public string Id => "rare_words";

    public FindingTopic Topic => FindingTopic.Vocabulary;

    public Finding? Of(FindingData data) => data.Described.Vocabularies is [{ Once: >= WorthSaying } words, ..]
        ? new(60, new Dictionary<string, FindingValue>
        {
            ["once"] = FindingValue.WholeShare(words.Once),
            ["distinct"] = words.Distinct,
        })
        {
            Figure = Figure(words),
            Source = new(words.Stage, CardNames.FrequentWords, FindingSections.Data),
        }
        : null;

    private static BarFigure Figure(DescribedWords words)
    {
        var once = Math.Round(words.Once * words.Distinct);
        return new("finding_words_by_count", "finding_occurrences", "finding_distinct_words", ["1", "≥ 2"],
            [new("finding_distinct_words", [once, words.Distinct - once])], ValueFormat.Integer);
    }
}
