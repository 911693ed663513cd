using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Explaining;

/// <summary>Which texts are explained, and for which labels; parameters of every method.</summary>
/// <param name="Texts">How many rows are drawn.</param>
/// <param name="Split">From where.</param>
public sealed record ExplainedTexts(int Texts = 12, string Split = Splits.Test, ExplainedLabels Labels = ExplainedLabels.Predicted);

/// <summary>The way that every method goes: draw rows, load the model, explain, say how far it is.</summary>
internal static class ExplanationRun
{
    /// <param name="method">Makes the method, given the model.</param>
    public static async Task<IReadOnlyList<Explanation>> ExplainAsync(
        Model model, Table rows, ExplainedTexts texts, StageContext context, Func<Predictor, IExplainer> method,
            CancellationToken cancellation)
    {
        string[]? splits = rows.Find(Columns.Split) is null ? null : [texts.Split];
        var all = await TableRows.ReadAsync(rows, splits, cancellation).ConfigureAwait(false);
        var drawn = RandomRows.Draw(all, texts.Texts, new(context.Seed, RandomStreams.ExplainedTexts));
        return await ExplainAsync(model, drawn, context, method, cancellation).ConfigureAwait(false);
    }

    /// <summary>As above, of rows that were chosen before.</summary>
    public static Task<IReadOnlyList<Explanation>> ExplainAsync(
        Model model, IReadOnlyList<LabelledInput> rows, StageContext context, Func<Predictor, IExplainer> method,
        CancellationToken cancellation) => TorchThread.RunAsync(context.Threads, () =>
        {
            using var predictor = Predictor.Load(model, new(context.Device, context.Threads));
            return method(predictor).Explain(rows, done => context.Progress.Report(new(done, rows.Count, "texts")), cancellation);
        });
}
