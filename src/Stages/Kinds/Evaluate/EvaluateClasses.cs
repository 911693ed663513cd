using Pipelines.Stages.Contracts;
using Pipelines.Stages.Measures;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Kinds.Evaluate;

/// <summary>Measures how well classes are predicted: accuracy, precision, recall and F1, confusions, errors.</summary>
[Stage("evaluate/classes", Version = 2, Uses = Uses.Torch)]
public sealed class EvaluateClasses : Stage<EvaluateClasses.Inputs, EvaluateClasses.Params, EvaluateClasses.Outputs>
{
    public sealed record Inputs(
        Model Model,
        [Reads(TableRows.Split, TableRows.Raw, TableRows.Text, TableRows.Label, TableRows.Ids, TableRows.Length, TableRows.TargetIds)]
        Table Rows);

    public sealed record Params(IReadOnlyList<string>? Splits = null, int Classes = 30, int Errors = 10);

    public sealed record Outputs(
        [Writes(Columns.Split, Columns.Text, Columns.Label, Columns.Predicted, Columns.Confidence, Columns.Correct)] Table Predictions,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var rows = await TableRows.ReadAsync(inputs.Rows, parameters.Splits, cancellation).ConfigureAwait(false);
        var (predicted, classes) = await Predictions.MakeAsync(
            inputs.Model, rows, validCodesOnly: null, predictor => predictor.Classes, context, cancellation).ConfigureAwait(false);
        var labels = LabelCodec.From(inputs.Model.Encoding);
        var results = predicted.GroupBy(row => row.Split, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => SplitResult.Of(group.Key, [.. group], classes ?? [], labels)).ToList();
        return new(
            await PredictionsTable.WriteAsync(context, inputs.Rows.Encoding, predicted, cancellation).ConfigureAwait(false),
            await context.Write.MetricsAsync(results.SelectMany(result => result.Metrics()).ToDictionary(), cancellation)
                .ConfigureAwait(false),
            await context.Write.CardAsync(ClassesCard.Of(results, parameters.Classes, parameters.Errors), cancellation)
                .ConfigureAwait(false));
    }

    /// <summary>The measures of one split.</summary>
    /// <param name="Unseen">Rows whose label the model cannot give: always errors.</param>
    internal sealed record SplitResult(string Split, IReadOnlyList<PredictedRow> Rows, ClassificationReport Report, long Unseen)
    {
        public static SplitResult Of(string split, IReadOnlyList<PredictedRow> rows, IReadOnlyList<string> classes, LabelCodec labels)
        {
            var unseen = rows.LongCount(row => labels.Knows(row.Label) == false);
            return new(split, rows, ClassificationReport.Of(rows.Select(row => (row.Label, row.Prediction.Label)), classes), unseen);
        }

        public (double Low, double High) AccuracyInterval => Wilson.Interval(Report.Correct, Report.Rows);

        public IEnumerable<KeyValuePair<string, double>> Metrics() =>
        [
            new($"{Split}.rows", Report.Rows),
            new($"{Split}.accuracy", Report.Accuracy),
            new($"{Split}.accuracy_low", AccuracyInterval.Low),
            new($"{Split}.accuracy_high", AccuracyInterval.High),
            new($"{Split}.macro_precision", Report.Macro.Precision),
            new($"{Split}.macro_recall", Report.Macro.Recall),
            new($"{Split}.macro_f1", Report.Macro.F1),
            new($"{Split}.weighted_precision", Report.Weighted.Precision),
            new($"{Split}.weighted_recall", Report.Weighted.Recall),
            new($"{Split}.weighted_f1", Report.Weighted.F1),
            new($"{Split}.errors", Report.Rows - Report.Correct),
            new($"{Split}.unseen_labels", Unseen),
        ];
    }
}
