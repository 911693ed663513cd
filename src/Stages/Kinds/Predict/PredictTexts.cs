using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Kinds.Predict;

/// <summary>Predicts the texts written in the pipeline file, and says whether each label is the one that was expected.</summary>
[Stage("predict/texts", Version = 4, Uses = Uses.Torch)]
public sealed class PredictTexts : Stage<PredictTexts.Inputs, PredictTexts.Params, PredictTexts.Outputs>
{
    public sealed record Inputs(Model Model);

    public sealed record Params(
        IReadOnlyList<string> Texts, int Top = 3, bool? ValidCodesOnly = null, IReadOnlyList<string>? Expected = null,
        IReadOnlyList<string>? Notes = null);

    public sealed record Outputs(
        [Writes(Columns.Text, Columns.Predicted, Columns.Confidence, "tokens", "unknown_words", Columns.Split + "?", Columns.Label + "?",
            Columns.Correct + "?")]
        Table Rows,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        CheckLength(parameters.Expected, parameters, "expected");
        CheckLength(parameters.Notes, parameters, "notes");
        var predicted = await TorchThread.RunAsync(context.Threads, () => Predict(inputs.Model, parameters, context, cancellation))
            .ConfigureAwait(false);
        ExpectedTexts expected = new(predicted, parameters.Expected, parameters.Notes);
        return new(
            await context.Write.TableAsync(inputs.Model.Encoding, new[] { expected.Rows() }.ToAsyncEnumerable(), cancellation)
                .ConfigureAwait(false),
            await context.Write.MetricsAsync(expected.Metrics(), cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(new(expected.Answers()), cancellation).ConfigureAwait(false));
    }

    private static PredictedText[] Predict(Model model, Params parameters, StageContext context, CancellationToken cancellation)
    {
        using var predictor = Predictor.Load(model, new(context.Device, context.Threads, parameters.ValidCodesOnly));
        var predictions = predictor.Predict(parameters.Texts, parameters.Top, cancellation);
        return [.. parameters.Texts.Zip(predictions, (text, prediction) => PredictedText.Of(predictor, text, prediction))];
    }

    private static void CheckLength(IReadOnlyList<string>? beside, Params parameters, string name)
    {
        if (beside is not null && beside.Count != parameters.Texts.Count)
            throw new StageException($"There are {parameters.Texts.Count} texts, but {beside.Count} items in '{name}'.")
            {
                Help = "give one a text, in the order of the texts",
                Parameter = name,
            };
    }
}
