using System.Globalization;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Kinds.Compare;

/// <summary>Compares models over the folds of a cross-validation: mean, deviation and interval of each, and a test for every two.</summary>
[Stage("compare/folds", Version = 2)]
public sealed class CompareFolds : Stage<CompareFolds.Inputs, CompareFolds.Params, CompareFolds.Outputs>
{
    public sealed record Inputs(
        [Reads(Columns.Split, Columns.Text, Columns.Label, Columns.Predicted, Columns.Correct)] IReadOnlyList<Table> Predictions);

    public sealed record Params(
        string Split = Splits.Test, double Confidence = 0.95, F1Scores F1 = F1Scores.Auto,
        [RepetitionsOf("predictions")] IReadOnlyList<int>? Repetitions = null);

    public sealed record Outputs(Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var predictions = await FoldPredictions.ReadAsync(inputs.Predictions, parameters.Repetitions, parameters.Split, cancellation)
            .ConfigureAwait(false);
        var comparison = FoldComparison.Of(predictions, parameters.F1.AreMeasured(predictions.Labels), parameters.Confidence);
        foreach (var model in comparison.Models)
            context.Log.Info(string.Create(CultureInfo.InvariantCulture,
                $"{model.Name}: accuracy {model.Accuracy.Mean:0.0000} ± {model.Accuracy.Deviation:0.0000} "
                + $"over {comparison.Rows.Count} folds"));
        return new(
            await context.Write.MetricsAsync(comparison.MetricsOf(parameters.Split), cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(FoldsCard.Of(comparison, parameters.Confidence), cancellation).ConfigureAwait(false));
    }
}
