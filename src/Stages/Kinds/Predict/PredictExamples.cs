using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Kinds.Predict;

/// <summary>Shows predictions of some rows drawn at random, right and wrong ones alike.</summary>
[Stage("predict/examples", Version = 1, Uses = Uses.Seed | Uses.Torch)]
public sealed class PredictExamples : Stage<PredictExamples.Inputs, PredictExamples.Params, PredictExamples.Outputs>
{
    public sealed record Inputs(
        Model Model,
        [Reads(TableRows.Split, TableRows.Raw, TableRows.Text, TableRows.Label, TableRows.Ids, TableRows.Length, TableRows.TargetIds)]
        Table Rows);

    public sealed record Params(int Count = 8, string Split = Splits.Test, bool? ValidCodesOnly = null);

    public sealed record Outputs(Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var rows = await TableRows.ReadSplitAsync(inputs.Rows, parameters.Split, cancellation).ConfigureAwait(false);
        var drawn = RandomRows.Draw(rows, parameters.Count, new(context.Seed, RandomStreams.PredictedExamples));
        var predictions = await TorchThread.RunAsync(context.Threads, () =>
        {
            using var predictor = Predictor.Load(inputs.Model, new(context.Device, context.Threads, parameters.ValidCodesOnly));
            return predictor.Predict([.. drawn.Select(row => row.Input)], cancellation: cancellation);
        }).ConfigureAwait(false);
        var predicted = drawn.Zip(predictions, (row, prediction) => new PredictedRow(row.Split, row.Text, row.Label, prediction)).ToList();
        var card = new CardContent(
            ExamplesGrid.Of("random_examples", predicted, LabelMeanings.From(inputs.Model.Encoding)),
            new Fact("random_examples_right", $"{predicted.Count(row => row.Correct)} / {predicted.Count}"));
        return new(await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }
}
