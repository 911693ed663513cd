using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Measures;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Kinds.Compare;

/// <summary>Models beside each other in the report: intervals, tests, rows on which they differ.</summary>
internal static class ComparisonCard
{
    /// <summary>More rows than this make a figure that fills a page.</summary>
    private const int MaxIntervals = 28;

    public static CardContent Of(Comparison comparison, PairedPredictions paired, CompareModels.Params parameters)
    {
        List<CardItem> items =
        [
            new Fact("compared_models", comparison.Models.Count),
            new Fact("rows", comparison.Rows),
            new Fact("significant_differences", comparison.Pairs.Count(pair => pair.IsSignificant)),
            new Fact("pairs_of_models", comparison.Pairs.Count),
            new Fact("confidence_level", parameters.Confidence, ValueFormat.Percent),
            new Fact("bootstrap_samples", parameters.Resamples),
            Scores(comparison),
        ];
        if (comparison.Models.Count <= MaxIntervals)
            items.Add(
                new IntervalFigure("accuracy_intervals", "accuracy",
                    [.. comparison.Models.Select(model => Row(model.Name, model.Intervals[0]))], ValueFormat.Percent));
        items.Add(Tests(comparison));
        if (comparison.Pairs.Count <= MaxIntervals)
            items.Add(
                new IntervalFigure("difference_intervals", "difference_of_accuracy",
                    [.. comparison.Pairs.Select(pair => Row(ModelLetters.Difference(pair.First, pair.Second), pair.Differences[0]))],
                    ValueFormat.Points, MarkX: 0));
        if (comparison.Pairs[0].Differences.Count > 1)
            items.Add(F1Differences(comparison));
        if (Disagreements(paired, parameters.Examples) is { Count: > 0 } rows)
            items.Add(new Grid("disagreements", [new("text"), new("label", ValueFormat.Code), new("right"), new("wrong")], rows));
        return new([.. items]);
    }

    private static Grid Scores(Comparison comparison)
    {
        var best = comparison.Models.MaxBy(model => model.Accuracy);
        var withF1 = comparison.Models[0].Intervals.Count > 1;
        GridColumn[] f1 = withF1 ? [new("macro_f1"), new("weighted_f1")] : [];
        return new("model_scores",
            [
                new("letter", ValueFormat.Code), new("model", ValueFormat.Code), new("accuracy", ValueFormat.Percent),
                new("bootstrap_low", ValueFormat.Percent),
                new("bootstrap_high", ValueFormat.Percent), .. f1, new("best_model", ValueFormat.Check),
            ],
            [.. comparison.Models.Select(model => (IReadOnlyList<object?>)
            [
                ModelLetters.Of(model.Model), model.Name, model.Accuracy, model.Intervals[0].Low, model.Intervals[0].High,
                .. model.Intervals.Skip(1).Select(interval => (object?)interval.Value), model == best,
            ])]);
    }

    private static Grid Tests(Comparison comparison) => new("pairwise_tests",
        [
            new("first_model", ValueFormat.Code), new("second_model", ValueFormat.Code), new("only_first_right", ValueFormat.Integer),
            new("only_second_right", ValueFormat.Integer), new("second_less_first", ValueFormat.Points), new("mcnemar"),
            new("p_value", ValueFormat.PValue), new("p_value_corrected", ValueFormat.PValue), new("significant", ValueFormat.Check),
        ],
        [.. comparison.Pairs.Select(pair => (IReadOnlyList<object?>)
        [
            ModelLetters.Of(pair.First), ModelLetters.Of(pair.Second), pair.Test.OnlyFirst, pair.Test.OnlySecond, pair.Differences[0].Value,
            pair.Test.IsExact ? "exact_test" : "chi_square", pair.Test.PValue, pair.Corrected, pair.IsSignificant,
        ])]);

    private static Grid F1Differences(Comparison comparison) => new("f1_differences",
        [
            new("first_model", ValueFormat.Code), new("second_model", ValueFormat.Code), new("measure"),
            new("second_less_first", ValueFormat.Decimal),
            new("bootstrap_low", ValueFormat.Decimal), new("bootstrap_high", ValueFormat.Decimal),
        ],
        [.. comparison.Pairs.SelectMany(pair => Enumerable.Range(1, pair.Differences.Count - 1).Select(i => (IReadOnlyList<object?>)
            [ModelLetters.Of(pair.First), ModelLetters.Of(pair.Second), ModelMeasures.Names[i], pair.Differences[i].Value,
                pair.Differences[i].Low, pair.Differences[i].High]))]);

    /// <summary>Rows at equal distances among those that some models have right and others wrong.</summary>
    private static List<IReadOnlyList<object?>> Disagreements(PairedPredictions paired, int count)
    {
        var rows = Enumerable.Range(0, paired.Rows)
            .Where(row => paired.Correct.Exists(correct => correct[row]) && paired.Correct.Exists(correct => !correct[row])).ToList();
        var taken = Math.Min(count, rows.Count);
        return [.. Enumerable.Range(0, taken).Select(i => Disagreement(paired, rows[(int)((long)i * rows.Count / taken)]))];
    }

    private static IReadOnlyList<object?> Disagreement(PairedPredictions paired, int row)
    {
        var models = Enumerable.Range(0, paired.Models).ToLookup(model => paired.Correct[model][row]);
        return
        [
            ExamplesGrid.Shortened(paired.Texts[row]), paired.Names[paired.Labels[row]],
            string.Join(", ", models[true].Select(ModelLetters.Of)),
            string.Join(", ",
                models[false].Select(model => $"{ModelLetters.Of(model)} ({paired.Names[paired.Predicted[model][row]]})")),
        ];
    }

    private static IntervalRow Row(string label, Interval interval) => new(label, interval.Value, interval.Low, interval.High);
}
