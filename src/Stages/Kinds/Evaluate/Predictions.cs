using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Kinds.Evaluate;

/// <summary>Lets a model predict the rows of a table.</summary>
internal static class Predictions
{
    private const int RowsPerStep = 4_096;

    /// <param name="also">Further work with the loaded model, on the same thread.</param>
    public static Task<(List<PredictedRow> Rows, T Also)> MakeAsync<T>(
        Model model, IReadOnlyList<LabelledInput> rows, bool? validCodesOnly, Func<Predictor, T> also, StageContext context,
        CancellationToken cancellation) =>
        TorchThread.RunAsync(context.Threads, () =>
        {
            using var predictor = Predictor.Load(model, new(context.Device, context.Threads, validCodesOnly));
            return (Make(predictor, rows, context, cancellation), also(predictor));
        });

    private static List<PredictedRow> Make(
        Predictor predictor, IReadOnlyList<LabelledInput> rows, StageContext context, CancellationToken cancellation)
    {
        var predicted = new List<PredictedRow>(rows.Count);
        foreach (var part in rows.Chunk(RowsPerStep))
        {
            predicted.AddRange(predictor is ClassPredictor classes
                ? classes.PredictRows(part, cancellation)
                : part.Zip(predictor.Predict([.. part.Select(row => row.Input)], cancellation: cancellation),
                    (row, prediction) => new PredictedRow(row.Split, row.Text, row.Label, prediction)));
            context.Progress.Report(new(predicted.Count, rows.Count, "rows"));
        }
        return predicted;
    }
}
