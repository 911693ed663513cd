using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Kinds.Embed;

/// <summary>How many words of a vocabulary, and how many of their occurrences, have a vector.</summary>
internal sealed class VectorCoverage
{
    private const int WordsShown = 20;

    private readonly TokenCounts _counts;
    private readonly bool[] _covered;

    /// <param name="found">The words that have one.</param>
    public VectorCoverage(TokenCounts counts, IReadOnlySet<string> found)
    {
        _counts = counts;
        _covered = [.. counts.Vocabulary.Select((word, id) => counts.IsWord[id] && found.Contains(word))];
    }

    public Dictionary<string, double> Metrics()
    {
        Dictionary<string, double> metrics = new()
        {
            ["word_vectors"] = _covered.Count(covered => covered),
            ["vocabulary_coverage"] = Share(_covered.Count(covered => covered), _counts.IsWord.Count(isWord => isWord)),
        };
        foreach (var (split, counts) in _counts.BySplit)
            metrics[MetricNames.Of(split, "token_coverage")] = Share(Covered(counts), counts.Sum());
        return metrics;
    }

    public IEnumerable<CardItem> Items()
    {
        yield return new Fact("vocabulary_coverage", Metrics()["vocabulary_coverage"], ValueFormat.Percent);
        yield return new Grid("coverage_by_split", [new("split"), new("tokens"), new("covered"), new("share", ValueFormat.Percent)],
            [.. _counts.BySplit.Select(split => new object?[]
            {
                split.Key, split.Value.Sum(), Covered(split.Value), Share(Covered(split.Value), split.Value.Sum()),
            })]);
        var total = _counts.Vocabulary.Select((_, id) => _counts.BySplit.Values.Sum(counts => counts[id])).ToArray();
        var missing = Enumerable.Range(0, total.Length).Where(id => _counts.IsWord[id] && !_covered[id] && total[id] > 0)
            .OrderByDescending(id => total[id]).ThenBy(id => _counts.Vocabulary[id], StringComparer.Ordinal).Take(WordsShown).ToList();
        if (missing.Count > 0)
            yield return new Grid("words_without_vector", [new("word", ValueFormat.Code), new("count")],
                [.. missing.Select(id => new object?[] { _counts.Vocabulary[id], total[id] })]);
    }

    private long Covered(long[] counts) => counts.Where((_, id) => _covered[id]).Sum();

    private static double Share(long part, long all) => all == 0 ? 0 : part / (double)all;
}
