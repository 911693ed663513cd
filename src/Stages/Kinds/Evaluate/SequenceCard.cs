using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Measures;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Kinds.Evaluate;

/// <summary>The scores of spelt codes in the report.</summary>
internal static class SequenceCard
{
    private static IEnumerable<int> Lengths => Enumerable.Range(1, SequenceScores.Prefixes);

    public static CardContent Of(
        IReadOnlyList<EvaluateSequence.SplitResult> results, IReadOnlyList<PredictedRow> rows, int examples, LabelMeanings book)
    {
        string[] prefixes = [.. Lengths.Select(length => $"prefix_{length}")];
        List<CardItem> items =
        [
            new Grid("sequence_scores",
                [
                    new("split"), new("rows", ValueFormat.Integer), new("exact_match", ValueFormat.Percent),
                    new("interval_low", ValueFormat.Percent), new("interval_high", ValueFormat.Percent),
                    .. prefixes.Select(name => new GridColumn(name, ValueFormat.Percent)), new("positional_accuracy", ValueFormat.Percent),
                    new("token_accuracy_teacher_forced", ValueFormat.Percent), new("token_macro_f1"), new("token_weighted_f1"),
                    new("invalid_codes", ValueFormat.Percent),
                    new("unseen_labels", ValueFormat.Integer),
                ],
                [.. results.Select(Row)]),
            new BarFigure(
                "prefix_accuracy", "prefix_length", "share", [.. Lengths.Select(length => $"{length}")],
                [.. results.Select(result => new BarSeries(result.Split, [.. Lengths.Select(result.Scores.Prefix)]))], ValueFormat.Percent),
        ];
        foreach (var result in results.Where(result => result.Unseen > 0))
            items.Add(new Warning("unseen_labels", new Dictionary<string, object>
            {
                ["split"] = result.Split,
                ["count"] = result.Unseen,
                ["share"] = result.Unseen / (double)result.Scores.Rows,
            }));
        items.Add(ExamplesGrid.Of("example_predictions", Spread(rows, examples), book));
        return new([.. items]);
    }

    private static IReadOnlyList<object?> Row(EvaluateSequence.SplitResult result) =>
    [
        result.Split, result.Scores.Rows, result.Scores.ExactMatch, result.ExactMatchInterval.Low, result.ExactMatchInterval.High,
        .. Lengths.Select(length => (object?)result.Scores.Prefix(length)),
        result.Scores.PositionalAccuracy, result.TokenAccuracy, result.Tokens?.Macro.F1,
        result.Tokens?.Weighted.F1, result.Invalid, result.Unseen,
    ];

    /// <summary>Rows at equal distances.</summary>
    private static IEnumerable<PredictedRow> Spread(IReadOnlyList<PredictedRow> rows, int count)
    {
        var taken = Math.Min(count, rows.Count);
        return Enumerable.Range(0, taken).Select(i => rows[(int)((long)i * rows.Count / taken)]);
    }
}
