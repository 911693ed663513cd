using Pipelines.Stages.Contracts;
using Pipelines.Stages.Measures;

namespace Pipelines.Stages.Kinds.Compare;

/// <summary>Compares models by what they answered to the same rows: intervals for each, and tests for every two.</summary>
[Stage("compare/models", Version = 4, Uses = Uses.Seed)]
public sealed class CompareModels : Stage<CompareModels.Inputs, CompareModels.Params, CompareModels.Outputs>
{
    public sealed record Inputs(
        [Reads(Columns.Split, Columns.Text, Columns.Label, Columns.Predicted, Columns.Correct)] IReadOnlyList<Table> Predictions);

    public sealed record Params(string Split = Splits.Test, int Resamples = 1000, double Confidence = 0.95, F1Scores F1 = F1Scores.Auto,
        int Examples = 12);

    public sealed record Outputs(
        [Writes(Columns.Split, "row", Columns.Text, Columns.Label, "model", Columns.Predicted, Columns.Correct)] Table Differences,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var paired = await PairedPredictions.ReadAsync(inputs.Predictions, parameters.Split, cancellation).ConfigureAwait(false);
        var withF1 = parameters.F1.AreMeasured(paired.Names.Count);
        var bootstrap = new Bootstrap(parameters.Resamples, context);
        var comparison = Comparison.Of(paired, withF1, bootstrap, parameters.Confidence, cancellation);
        foreach (var pair in comparison.Pairs)
            context.Log.Info(pair.Sentence);
        return new(
            await DifferencesTable.WriteAsync(context, parameters.Split, paired, cancellation).ConfigureAwait(false),
            await context.Write.MetricsAsync(ComparisonMetrics.Of(comparison, parameters.Split), cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(ComparisonCard.Of(comparison, paired, parameters), cancellation).ConfigureAwait(false));
    }
}
