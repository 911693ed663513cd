using Pipelines.Stages.Contracts;
using Pipelines.Stages.Measures;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Kinds.Evaluate;

/// <summary>The measures of one split.</summary>
/// <param name="Unseen">Rows whose label the model cannot give: always errors.</param>
/// <param name="Positive">The class whose errors are told apart; null: there are more than two.</param>
/// <param name="Micro">All classes the model knows counted together: unlike accuracy it leaves out what the model cannot give.</param>
/// <param name="Loss">Mean cross-entropy over the rows whose label the model knows; null for models without probabilities.</param>
internal sealed record ClassesResult(
    string Split, IReadOnlyList<PredictedRow> Rows, ClassificationReport Report, long Unseen, string? Positive, ClassScores Micro,
    double? Loss)
{
    // As scikit-learn's log_loss: a label given no probability at all would make the mean infinite.
    private const double MinProbability = 2.220446049250313e-16;

    private const double NearlyAll = 0.99;
    private const double NotNearlyAll = 0.9;

    /// <summary>From samples of the rows drawn with replacement; null: not measured.</summary>
    public Interval? MacroF1 { get; init; }

    /// <summary>From samples of the rows drawn with replacement; null: not measured.</summary>
    public Interval? WeightedF1 { get; init; }

    public double CalibrationError { get; } = Calibration.Of(Rows.Select(row => (row.Prediction.Confidence, row.Correct))).Error;

    public (double Low, double High) AccuracyInterval => Wilson.Interval(Report.Correct, Report.Rows);

    /// <param name="positive">Null: the second of two classes.</param>
    public static ClassesResult Of(
        string split, IReadOnlyList<PredictedRow> rows, IReadOnlyList<string> classes, LabelCodec labels, string? positive = null)
    {
        var report = ClassificationReport.Of(rows.Select(row => (row.Label, row.Prediction.Label)), classes);
        var micro = ClassScores.Of(
            report.Correct, rows.LongCount(row => labels.Knows(row.Prediction.Label) != false),
            rows.LongCount(row => labels.Knows(row.Label) != false));
        var losses = rows.Where(row => row.LabelProbability is not null)
            .Select(row => -Math.Log(Math.Max(row.LabelProbability!.Value, MinProbability))).ToList();
        return new(
            split, rows, report, rows.LongCount(row => labels.Knows(row.Label) == false),
            positive ?? (classes.Count == 2 ? classes[1] : null), micro, losses.Count == 0 ? null : losses.Average());
    }

    public bool IsFalsePositive(PredictedRow row) => row.Prediction.Label == Positive && row.Label != Positive;

    public bool IsFalseNegative(PredictedRow row) => row.Label == Positive && row.Prediction.Label != Positive;

    /// <summary>A label that nearly every row is given though many rows have another one, with its predictions and its rows.</summary>
    public (string Label, long Predicted, long Support)? Degenerate => Report.Classes
        .Where(entry => entry.Scores.Predicted >= NearlyAll * Report.Rows && entry.Scores.Support <= NotNearlyAll * Report.Rows)
        .Select(entry => ((string, long, long)?)(entry.Name, entry.Scores.Predicted, entry.Scores.Support)).FirstOrDefault();

    public ClassesResult WithIntervals(Bootstrap bootstrap, double confidence, CancellationToken cancellation)
    {
        var names = Report.Classes.Index().ToDictionary(entry => entry.Item.Name, entry => entry.Index, StringComparer.Ordinal);
        int[] labels = [.. Rows.Select(row => names[row.Label])], predicted = [.. Rows.Select(row => names[row.Prediction.Label])];
        bool[] correct = [.. Rows.Select(row => row.Correct)];
        var samples = bootstrap.Run(Rows.Count, 2, drawn =>
        {
            var scores = LabelScores.Of(labels, predicted, correct, names.Count, drawn);
            return [scores.MacroF1, scores.WeightedF1];
        }, cancellation);
        return this with
        {
            MacroF1 = Interval.Percentile(Report.Macro.F1, samples[0], confidence),
            WeightedF1 = Interval.Percentile(Report.Weighted.F1, samples[1], confidence),
        };
    }

    public IEnumerable<KeyValuePair<string, double>> Metrics()
    {
        List<(string Name, double? Value)> measures =
        [
            ("rows", Report.Rows), ("accuracy", Report.Accuracy), ("accuracy_low", AccuracyInterval.Low),
            ("accuracy_high", AccuracyInterval.High), ("loss", Loss),
            ("macro_precision", Report.Macro.Precision), ("macro_recall", Report.Macro.Recall), ("macro_f1", Report.Macro.F1),
            ("macro_f1_low", MacroF1?.Low), ("macro_f1_high", MacroF1?.High),
            ("weighted_precision", Report.Weighted.Precision), ("weighted_recall", Report.Weighted.Recall),
            ("weighted_f1", Report.Weighted.F1), ("weighted_f1_low", WeightedF1?.Low), ("weighted_f1_high", WeightedF1?.High),
            ("micro_precision", Micro.Precision), ("micro_recall", Micro.Recall), ("micro_f1", Micro.F1),
            ("calibration_error", CalibrationError), ("errors", Report.Rows - Report.Correct), ("unseen_labels", Unseen),
        ];
        if (Positive is not null)
            measures.AddRange([("false_positives", Rows.LongCount(IsFalsePositive)), ("false_negatives", Rows.LongCount(IsFalseNegative))]);
        return measures.Where(measure => measure.Value is not null)
            .Select(measure => KeyValuePair.Create(MetricNames.Of(Split, measure.Name), measure.Value!.Value));
    }
}
