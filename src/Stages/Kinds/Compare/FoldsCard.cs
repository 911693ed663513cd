using System.Globalization;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Measures;

namespace Pipelines.Stages.Kinds.Compare;

/// <summary>Models over folds in the report: a line a model, the folds one by one, tests.</summary>
internal static class FoldsCard
{
    /// <summary>More rows than this make a figure that fills a page.</summary>
    private const int MaxIntervals = 28;

    public static CardContent Of(FoldComparison comparison, double confidence)
    {
        List<CardItem> items =
        [
            new Fact("compared_models", comparison.Models.Count), new Fact("folds", comparison.Rows.Count),
            new Fact("rows", comparison.Rows.Sum()), new Fact("confidence_level", confidence, ValueFormat.Percent),
            Scores(comparison),
        ];
        if (comparison.Models.Count <= MaxIntervals)
            items.Add(new IntervalFigure("accuracy_over_folds", "accuracy",
                [.. comparison.Models.Select(model => Row(model.Name, model.Accuracy.IntervalAt(confidence)))], ValueFormat.Percent));
        items.Add(Folds(comparison));
        if (comparison.Pairs.Count > 0)
            items.Add(Tests(comparison));
        if (comparison.Pairs.Count is > 0 and <= MaxIntervals)
            items.Add(new IntervalFigure("difference_over_folds", "difference_of_accuracy",
                [.. comparison.Pairs.Select(pair => Row(
                    ModelLetters.Difference(pair.First, pair.Second), pair.Difference.IntervalAt(confidence)))],
                ValueFormat.Points, MarkX: 0));
        return new([.. items]);
    }

    private static Grid Scores(FoldComparison comparison)
    {
        var best = comparison.Models.MaxBy(model => model.Accuracy.Mean);
        GridColumn[] f1 = comparison.Models[0].Measures.Count == 1
            ? []
            : [new("macro_f1"), new(GridColumn.Deviation), new("weighted_f1"), new(GridColumn.Deviation)];
        return new("scores_over_folds",
            [
                new("letter", ValueFormat.Code), new("model", ValueFormat.Code), new("accuracy", ValueFormat.Percent),
                new(GridColumn.Deviation, ValueFormat.Percent),
                new("folds_low", ValueFormat.Percent), new("folds_high", ValueFormat.Percent), .. f1, new("best_model", ValueFormat.Check),
            ],
            [.. comparison.Models.Select((model, i) => (IReadOnlyList<object?>)
            [
                ModelLetters.Of(i), model.Name, model.Accuracy.Mean, model.Accuracy.Deviation,
                model.Accuracy.IntervalAt(comparison.Confidence).Low,
                model.Accuracy.IntervalAt(comparison.Confidence).High,
                .. model.Measures.Skip(1).SelectMany(measure => new object?[] { measure.Mean, measure.Deviation }), model == best,
            ])]);
    }

    private static Grid Folds(FoldComparison comparison) => new("accuracy_by_fold",
        [
            new("fold", ValueFormat.Integer), new("rows", ValueFormat.Integer),
            .. comparison.Models.Select(model => new GridColumn(model.Name, ValueFormat.Percent)),
        ],
        [.. Enumerable.Range(0, comparison.Rows.Count).Select(fold => (IReadOnlyList<object?>)
            [fold + 1, comparison.Rows[fold], .. comparison.Models.Select(model => (object?)model.Folds[0][fold])])]);

    private static Grid Tests(FoldComparison comparison) => new("tests_over_folds",
        [
            new("first_model", ValueFormat.Code), new("second_model", ValueFormat.Code), new("second_less_first", ValueFormat.Points),
            new("folds_second_ahead", ValueFormat.Code), new("p_value", ValueFormat.Decimal), new("p_value_corrected", ValueFormat.Decimal),
            new("significant", ValueFormat.Check),
        ],
        [.. comparison.Pairs.Select(pair => (IReadOnlyList<object?>)
        [
            ModelLetters.Of(pair.First), ModelLetters.Of(pair.Second), pair.Difference.Mean, Ahead(comparison, pair),
            pair.Difference.PValue, pair.Corrected, pair.IsSignificant,
        ])]);

    private static string Ahead(FoldComparison comparison, FoldedPair pair) => string.Create(CultureInfo.InvariantCulture,
        $"{comparison.Models[pair.Second].Folds[0].Zip(comparison.Models[pair.First].Folds[0]).Count(fold => fold.First > fold.Second)}/"
        + $"{comparison.Rows.Count}");

    private static IntervalRow Row(string label, Interval interval) => new(label, interval.Value, interval.Low, interval.High);
}
