using Pipelines.Runner.Reporting.Model;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>What the stages that describe data say of them, each of the first that does; null: none does.</summary>
/// <param name="Vocabularies">The first, and those of the same rows further on, in the order of the stages.</param>
internal sealed record DescribedData(DescribedLabels? Labels, DescribedLengths? Lengths, IReadOnlyList<DescribedWords> Vocabularies)
{
    private const string Words = "words";

    public static DescribedData None { get; } = new(null, null, []);

    public static DescribedData Of(IReadOnlyList<StageResult> results) => new(
        results.Select(LabelsOf).FirstOrDefault(labels => labels is not null),
        results.Select(LengthsOf).FirstOrDefault(lengths => lengths is not null),
        VocabulariesOf(results));

    private static DescribedLabels? LabelsOf(StageResult result) =>
        Fact(result, CardNames.Classes) is double all && Fact(result, CardNames.ClassesOfHalfTheRows) is double half
        && Fact(result, CardNames.MostFrequentClass) is string frequent && Fact(result, CardNames.RarestClass) is string rare
        && result.Find<BarFigure>(CardNames.MostFrequentClasses) is { Series.Count: > 0 } figure
            ? new(result.Id, (long)all, (long)half, frequent, rare, figure)
            : null;

    private static DescribedLengths? LengthsOf(StageResult result)
    {
        // A script may give a card with these names and something else in it.
        if (result.Find<HistogramFigure>(CardNames.TextLengths) is not { X: Words } figure
            || result.Find<Grid>(CardNames.LengthsBySplit) is not { } grid
            || grid.Rows.FirstOrDefault(row => row is [Splits.None, ..]) is not { } all)
            return null;
        return Number(CardNames.MedianLength) is double median && Number(CardNames.LengthOfMost) is double most
            && Number(CardNames.LongestText) is double longest
            ? new(result.Id, (long)median, (long)most, (long)longest, figure)
            : null;

        object? Number(string column) => grid.Columns.Zip(all).FirstOrDefault(cell => cell.First.Name == column).Second;
    }

    // Two vocabularies can be compared where one is made of what the other is of.
    private static IReadOnlyList<DescribedWords> VocabulariesOf(IReadOnlyList<StageResult> results)
    {
        var described = results.Select(result => (Result: result, Words: WordsOf(result))).Where(one => one.Words is not null).ToList();
        if (described.Count == 0)
            return [];
        var sources = described[0].Result.Stage.Inputs.Values.SelectMany(port => port).Select(source => source.StageId).ToHashSet();
        return [.. described.Where(one => Lineage.Of(one.Result.Id, results).Any(result => sources.Contains(result.Id)))
            .Select(one => one.Words!)];
    }

    private static DescribedWords? WordsOf(StageResult result) =>
        Fact(result, CardNames.DistinctWords) is double distinct && Fact(result, CardNames.WordsThatOccurOnce) is double once
            ? new(result.Id, (long)distinct, once)
            : null;

    // Every number of a card is read as a double.
    private static object? Fact(StageResult result, string name) => result.Find<Fact>(name)?.Value;
}

/// <param name="Half">How few of the most frequent ones half of the rows have.</param>
/// <param name="Frequent">The most frequent one, with its rows.</param>
/// <param name="Rare">The rarest one, with its rows.</param>
internal sealed record DescribedLabels(string Stage, long All, long Half, string Frequent, string Rare, BarFigure Figure);

/// <summary>In words.</summary>
internal sealed record DescribedLengths(string Stage, long Median, long Most, long Longest, HistogramFigure Figure);

/// <param name="Once">The share of the different words that occur once.</param>
internal sealed record DescribedWords(string Stage, long Distinct, double Once);
