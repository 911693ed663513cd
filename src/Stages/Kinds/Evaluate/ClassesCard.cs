using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Measures;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Kinds.Evaluate;

/// <summary>The scores of predicted classes in the report.</summary>
internal static class ClassesCard
{
    /// <summary>Above this a confusion matrix cannot be read, and the pairs most often confused are listed.</summary>
    private const int MaxMatrixClasses = 20;

    private const int MaxConfused = 20;
    private const int NamesShown = 5;

    /// <param name="classes">How many classes the report by class lists at most, the most frequent first.</param>
    /// <param name="errors">How many of the surest errors are shown.</param>
    /// <param name="book">What the labels mean, shown with them where there is room.</param>
    public static CardContent Of(IReadOnlyList<ClassesResult> results, int classes, int errors, LabelMeanings book)
    {
        var shown = results.LastOrDefault(result => result.Split == Splits.Test) ?? results[^1];
        List<CardItem> items = [ScoresBySplit(results), Report(shown, classes, book)];
        items.AddRange(results.SelectMany(Degenerate));
        items.AddRange(Undefined(shown));
        items.AddRange(Confusion(shown, book));
        foreach (var result in results.Where(result => result.Unseen > 0))
            items.Add(new Warning("unseen_labels", new Dictionary<string, object>
            {
                ["split"] = result.Split,
                ["count"] = result.Unseen,
                ["share"] = result.Unseen / (double)result.Report.Rows,
            }));
        items.AddRange(FrequencyFigure.Of(shown.Report));
        items.AddRange(ConfidenceFigures.Of(shown.Rows));
        items.AddRange(ErrorGrids.Of(shown, errors, book));
        return new([.. items]);
    }

    private static Grid ScoresBySplit(IReadOnlyList<ClassesResult> results) => new(
        "class_scores",
        [
            new("split"), new("rows", ValueFormat.Integer), new("accuracy", ValueFormat.Percent), new("interval_low", ValueFormat.Percent),
            new("interval_high", ValueFormat.Percent), new("macro_f1"), new("macro_f1_low"), new("macro_f1_high"), new("weighted_f1"),
            new("weighted_f1_low"), new("weighted_f1_high"), new("loss"), new("calibration_error", ValueFormat.Percent),
            new("errors", ValueFormat.Integer), new("unseen_labels", ValueFormat.Integer),
        ],
        [.. results.Select(result => (IReadOnlyList<object?>)
        [
            result.Split, result.Report.Rows, result.Report.Accuracy, result.AccuracyInterval.Low, result.AccuracyInterval.High,
            result.Report.Macro.F1, result.MacroF1?.Low, result.MacroF1?.High, result.Report.Weighted.F1, result.WeightedF1?.Low,
            result.WeightedF1?.High, result.Loss, result.CalibrationError, result.Report.Rows - result.Report.Correct, result.Unseen,
        ])]);

    /// <summary>Laid out as scikit-learn does: the classes, the accuracy, the averages.</summary>
    private static Grid Report(ClassesResult result, int classes, LabelMeanings book)
    {
        var report = result.Report;
        var listed = report.Classes;
        if (listed.Count > classes)
            listed = [.. listed.OrderByDescending(entry => entry.Scores.Support).Take(classes)];
        List<IReadOnlyList<object?>> rows = [.. listed.Select(entry => Row(book.Named(entry.Name), entry.Scores))];
        rows.Add(["accuracy", null, null, report.Accuracy, report.Rows]);
        // Equal to the accuracy unless there are labels that the model cannot give.
        if (result.Unseen > 0)
            rows.Add(Row("micro avg", result.Micro));
        rows.Add(Row("macro avg", report.Macro));
        rows.Add(Row("weighted avg", report.Weighted));
        return new(
            "classification_report",
            [new("class"), new("precision"), new("recall"), new("f1_score"), new("support", ValueFormat.Integer)],
            rows);
    }

    private static IEnumerable<CardItem> Degenerate(ClassesResult result)
    {
        if (result.Degenerate is { } found)
            yield return new Warning("degenerate_predictor", new Dictionary<string, object>
            {
                ["split"] = result.Split,
                ["label"] = found.Label,
                ["predicted"] = found.Predicted,
                ["rows"] = result.Report.Rows,
                ["share"] = found.Support / (double)result.Report.Rows,
            });
    }

    // A 0 would say that every answer was wrong; there was none.
    private static IEnumerable<CardItem> Undefined(ClassesResult result)
    {
        string[] never = [.. result.Report.Classes.Where(entry => entry.Scores.Predicted == 0).Select(entry => entry.Name)];
        if (never.Length > 0)
            yield return new Warning("never_predicted", new Dictionary<string, object>
            {
                ["split"] = result.Split,
                ["count"] = never.Length,
                ["names"] = string.Join(", ", never.Take(NamesShown)) + (never.Length > NamesShown ? ", …" : ""),
            });
    }

    private static IReadOnlyList<object?> Row(string name, ClassScores scores) =>
        [name, scores.DefinedPrecision, scores.DefinedRecall, scores.F1, scores.Support];

    private static IEnumerable<CardItem> Confusion(ClassesResult result, LabelMeanings book)
    {
        var matrix = new ConfusionMatrix(result.Rows.Select(row => (row.Label, row.Prediction.Label)));
        string[] names = [.. result.Report.Classes.Select(entry => entry.Name)];
        if (names.Length > MaxMatrixClasses)
        {
            yield return new Grid(
                "most_confused",
                [
                    new("label", ValueFormat.Code), new("predicted", ValueFormat.Code), new("count", ValueFormat.Integer),
                    new("share_of_label", ValueFormat.Percent),
                ],
                [.. matrix.MostConfused(MaxConfused)
                    .Select(pair => (IReadOnlyList<object?>)
                        [book.Named(pair.True), book.Named(pair.Predicted), pair.Count, pair.Share])]);
            yield break;
        }
        yield return new HeatmapFigure("confusion_matrix", "label", "predicted", names, names, matrix.Counts(names), ValueFormat.Integer);
        yield return new HeatmapFigure(
            "confusion_matrix_shares", "label", "predicted", names, names, matrix.Shares(names), ValueFormat.Percent);
    }
}
