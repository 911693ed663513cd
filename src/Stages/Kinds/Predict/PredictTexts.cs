using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Kinds.Predict;

/// <summary>Predicts the texts written in the pipeline file.</summary>
[Stage("predict/texts", Version = 2, Uses = Uses.Torch)]
public sealed class PredictTexts : Stage<PredictTexts.Inputs, PredictTexts.Params, PredictTexts.Outputs>
{
    public sealed record Inputs(Model Model);

    public sealed record Params(IReadOnlyList<string> Texts, int Top = 3, bool? ValidCodesOnly = null);

    public sealed record Outputs([Writes(Columns.Text, Columns.Predicted, Columns.Confidence, "tokens", "unknown_words")] Table Rows,
        Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var predicted = await TorchThread.RunAsync(context.Threads, () => Predict(inputs.Model, parameters, context, cancellation))
            .ConfigureAwait(false);
        var card = new CardContent(
            new Grid("predicted_texts",
                [
                    new("text"), new("predicted", ValueFormat.Code), new("confidence", ValueFormat.Percent),
                    new("tokens", ValueFormat.Integer), new("unknown_words"), new("next_candidates", ValueFormat.Code),
                ],
                [.. predicted.Select(CardRow)]));
        return new(
            await context.Write.TableAsync(inputs.Model.Encoding, new[] { Batch(predicted) }.ToAsyncEnumerable(), cancellation)
                .ConfigureAwait(false),
            await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static PredictedText[] Predict(Model model, Params parameters, StageContext context, CancellationToken cancellation)
    {
        using var predictor = Predictor.Load(model, new(context.Device, context.Threads, parameters.ValidCodesOnly));
        var predictions = predictor.Predict(parameters.Texts, parameters.Top, cancellation);
        return [.. parameters.Texts.Zip(predictions, (text, prediction) => PredictedText.Of(predictor, text, prediction))];
    }

    private static IReadOnlyList<object?> CardRow(PredictedText text) =>
    [
        text.Text, text.Prediction.Label, text.Prediction.Confidence, text.Tokens, string.Join(", ", text.Unknown),
        string.Join(", ", text.Prediction.Top.Skip(1).Select(candidate => candidate.Label)),
    ];

    private static RowBatch Batch(PredictedText[] texts) => new(texts.Length,
    [
        new Values<string>(Columns.Text, Array.ConvertAll(texts, text => text.Text)),
        new Values<string>(Columns.Predicted, Array.ConvertAll(texts, text => text.Prediction.Label)),
        new Values<double>(Columns.Confidence, Array.ConvertAll(texts, text => text.Prediction.Confidence)),
        new Values<int>("tokens", Array.ConvertAll(texts, text => text.Tokens)),
        new Values<int>("unknown_words", Array.ConvertAll(texts, text => text.Unknown.Count)),
    ]);
}
