using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Cleaning;
using Pipelines.Stages.Text.Preparation;
using Pipelines.Stages.Text.Splitting;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.Stages.Text.Unicode;

namespace Pipelines.Stages.Kinds.Describe;

/// <summary>Shows which words occur how often, with and without stop words.</summary>
[Stage("describe/words", Version = 1)]
public sealed class DescribeWords : Stage<DescribeWords.Inputs, DescribeWords.Params, DescribeWords.Outputs>
{
    public sealed record Inputs([Reads("{column}", Columns.Split + "?")] Table Rows);

    public sealed record Params(
        string Column = "text", StopList StopList = StopList.None, IReadOnlyList<string>? StopWords = null, int Top = 20);

    public sealed record Outputs(Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        if (inputs.Rows.Find(parameters.Column)!.Type != ColumnType.Of<string>())
            throw new StageException($"the column '{parameters.Column}' holds no texts") { Parameter = "column" };
        var counts = await CountAsync(inputs.Rows, parameters.Column, cancellation).ConfigureAwait(false);
        var all = counts[Splits.None];
        if (all.Total == 0)
            throw new StageException("there are no words to describe") { Parameter = "column" };
        var stopWords = StopWordsOf(parameters);
        var metrics = counts.SelectMany(split => new[]
        {
            KeyValuePair.Create(MetricNames.Of(split.Key, "total_words"), (double)split.Value.Total),
            KeyValuePair.Create(MetricNames.Of(split.Key, "distinct_words"), (double)split.Value.Distinct),
        }).ToDictionary();
        return new(
            await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(CardOf(counts, all, stopWords, parameters.Top), cancellation).ConfigureAwait(false));
    }

    private static async Task<BySplit<WordCounts>> CountAsync(Table table, string column, CancellationToken cancellation)
    {
        BySplit<WordCounts> counts = new();
        await foreach (var batch in table.ReadAsync([column, Columns.Split + "?"], cancellation).ConfigureAwait(false))
        {
            var split = batch.SplitOf();
            for (var row = 0; row < batch.Count; row++)
            {
                var text = batch.Values<string>(column)[row] ?? "";
                WordTokenizer.Count(text, WordRules.ForCounting, counts[Splits.None]);
                if (split(row) != Splits.None)
                    WordTokenizer.Count(text, WordRules.ForCounting, counts[split(row)]);
            }
        }
        return counts;
    }

    // As words are counted: in lower case, elided words with their apostrophe (l').
    private static HashSet<string> StopWordsOf(Params parameters)
    {
        string[] given = [.. StopWords.Of(parameters.StopList), .. parameters.StopWords?.Select(Normalization.Nfc) ?? []];
        return given.Select(word => word.ToLowerInvariant()).SelectMany(word => new[] { word, $"{word}'" })
            .ToHashSet(StringComparer.Ordinal);
    }

    private static CardContent CardOf(BySplit<WordCounts> counts, WordCounts all, HashSet<string> stopWords, int top)
    {
        var ranked = all.Ranked();
        List<CardItem> items =
        [
            new Fact(CardNames.DistinctWords, (long)all.Distinct),
            new Fact(CardNames.WordsThatOccurOnce, ranked.Count(word => word.Value == 1) / (double)all.Distinct, ValueFormat.Percent),
            new Grid("words_by_split", [new("split"), new("words"), new("distinct_words")],
                [.. counts.Select(split => new object?[] { split.Key, split.Value.Total, split.Value.Distinct })]),
            Bars(CardNames.FrequentWords, ranked, all.Total, top),
        ];
        if (stopWords.Count > 0)
        {
            var telling = ranked.Where(word => !stopWords.Contains(word.Key)).ToList();
            items.Add(new Fact("share_of_stop_words", 1 - (telling.Sum(word => word.Value) / (double)all.Total), ValueFormat.Percent));
            items.Add(Bars("frequent_words_without_stop_words", telling, all.Total, top));
        }
        return new([.. items]);
    }

    private static BarFigure Bars(string name, IReadOnlyList<KeyValuePair<string, long>> ranked, long total, int top) =>
        new(name, "word", "share", [.. ranked.Take(top).Select(word => word.Key)],
            [new("words", [.. ranked.Take(top).Select(word => word.Value / (double)total)])], ValueFormat.Percent);
}
