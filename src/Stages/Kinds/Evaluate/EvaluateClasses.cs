using Pipelines.Stages.Contracts;
using Pipelines.Stages.Measures;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Kinds.Evaluate;

/// <summary>Measures how well classes are predicted: accuracy, precision, recall and F1, loss, calibration, confusions, errors.</summary>
[Stage("evaluate/classes", Version = 4, Uses = Uses.Torch | Uses.Seed)]
public sealed class EvaluateClasses : Stage<EvaluateClasses.Inputs, EvaluateClasses.Params, EvaluateClasses.Outputs>
{
    private const double Confidence = 0.95;

    public sealed record Inputs(
        Model Model,
        [Reads(TableRows.Split, TableRows.Raw, TableRows.Text, TableRows.Label, TableRows.Ids, TableRows.Length, TableRows.TargetIds)]
        Table Rows);

    public sealed record Params(
        IReadOnlyList<string>? Splits = null, int Classes = 30, int Errors = 10, string? Positive = null, int Resamples = 1000);

    public sealed record Outputs(
        [Writes(Columns.Split, Columns.Text, Columns.Label, Columns.Predicted, Columns.Confidence, Columns.Correct)] Table Predictions,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var rows = await TableRows.ReadAsync(inputs.Rows, parameters.Splits, cancellation).ConfigureAwait(false);
        var (predicted, classes) = await Predictions.MakeAsync(
            inputs.Model, rows, validCodesOnly: null, predictor => predictor.Classes, context, cancellation).ConfigureAwait(false);
        if (parameters.Positive is { } positive && !rows.Any(row => row.Label == positive) && classes?.Contains(positive) != true)
            throw new StageException($"No row has the label '{positive}', and the model cannot give it.") { Parameter = "positive" };
        var labels = LabelCodec.From(inputs.Model.Encoding);
        Bootstrap bootstrap = new(parameters.Resamples, context);
        var results = predicted.GroupBy(row => row.Split, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => ClassesResult.Of(group.Key, [.. group], classes ?? [], labels, parameters.Positive))
            .Select(result => parameters.Resamples == 0 ? result : result.WithIntervals(bootstrap, Confidence, cancellation)).ToList();
        return new(
            await PredictionsTable.WriteAsync(context, inputs.Rows.Encoding, predicted, cancellation).ConfigureAwait(false),
            await context.Write.MetricsAsync(results.SelectMany(result => result.Metrics()).ToDictionary(), cancellation)
                .ConfigureAwait(false),
            await context.Write.CardAsync(
                ClassesCard.Of(results, parameters.Classes, parameters.Errors, LabelMeanings.From(inputs.Rows.Encoding)), cancellation)
                .ConfigureAwait(false));
    }
}
