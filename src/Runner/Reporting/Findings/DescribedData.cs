using Pipelines.Runner.Reporting.Model;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>What the stages that describe data say of them, each of the first that does; null: none does.</summary>
/// <param name="Vocabularies">In the order of the stages.</param>
internal sealed record DescribedData(DescribedLabels? Labels, DescribedLengths? Lengths, IReadOnlyList<DescribedWords> Vocabularies)
{
    private const string Words = "words";

    public static DescribedData None { get; } = new(null, null, []);

    public static DescribedData Of(IReadOnlyList<StageResult> results) => new(
        results.Select(LabelsOf).FirstOrDefault(labels => labels is not null),
        results.Select(LengthsOf).FirstOrDefault(lengths => lengths is not null),
        [.. results.Select(WordsOf).OfType<DescribedWords>()]);

    private static DescribedLabels? LabelsOf(StageResult result) =>
        Fact(result, CardNames.Classes) is double all && Fact(result, CardNames.ClassesOfHalfTheRows) is double half
        && Fact(result, CardNames.MostFrequentClass) is string frequent && Fact(result, CardNames.RarestClass) is string rare
        && Find<BarFigure>(result, CardNames.MostFrequentClasses) is { } figure
            ? new(result.Id, (long)all, (long)half, frequent, rare, figure)
            : null;

    private static DescribedLengths? LengthsOf(StageResult result)
    {
        if (Find<HistogramFigure>(result, CardNames.TextLengths) is not { X: Words } figure
            || Find<Grid>(result, CardNames.LengthsBySplit) is not { } grid)
            return null;
        var all = grid.Rows.First(row => row[0] is Splits.None);
        return new(result.Id, Number(CardNames.MedianLength), Number(CardNames.LengthOfMost), Number(CardNames.LongestText), figure);

        long Number(string column) => (long)(double)all[grid.Columns.ToList().FindIndex(found => found.Name == column)]!;
    }

    private static DescribedWords? WordsOf(StageResult result) =>
        Fact(result, CardNames.DistinctWords) is double distinct && Fact(result, CardNames.WordsThatOccurOnce) is double once
            ? new(result.Id, (long)distinct, once)
            : null;

    // Every number of a card is read as a double.
    private static object? Fact(StageResult result, string name) => Find<Fact>(result, name)?.Value;

    private static T? Find<T>(StageResult result, string name)
        where T : CardItem => result.Items.OfType<T>().FirstOrDefault(item => item.Name == name);
}

/// <param name="Half">How few of the most frequent ones half of the rows have.</param>
/// <param name="Frequent">The most frequent one, with its rows.</param>
/// <param name="Rare">The rarest one, with its rows.</param>
internal sealed record DescribedLabels(string Stage, long All, long Half, string Frequent, string Rare, BarFigure Figure);

/// <summary>In words.</summary>
internal sealed record DescribedLengths(string Stage, long Median, long Most, long Longest, HistogramFigure Figure);

/// <param name="Once">The share of the different words that occur once.</param>
internal sealed record DescribedWords(string Stage, long Distinct, double Once);
