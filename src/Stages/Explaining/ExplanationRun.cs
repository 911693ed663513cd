using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.LinearModels;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Splitting;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Explaining;

/// <summary>Which texts are explained, and for which labels; parameters of every method.</summary>
/// <param name="Texts">How many rows are drawn.</param>
/// <param name="Split">From where.</param>
public sealed record ExplainedTexts(int Texts = 12, string Split = Splits.Test, ExplainedLabels Labels = ExplainedLabels.Predicted);

/// <summary>The way that every method goes: draw rows, load the model, explain, say how far it is.</summary>
internal static class ExplanationRun
{
    /// <param name="method">Null: gradients where the model has them, else Shapley values.</param>
    public static async Task<IReadOnlyList<Explanation>> ExplainAsync(
        Model model, Table rows, ExplainedTexts texts, StageContext context, ExplanationMethod? method, CancellationToken cancellation)
    {
        var background = await BackgroundAsync(model, rows, cancellation).ConfigureAwait(false);
        return await ExplainAsync(
            model, rows, texts, context,
            predictor => (method ?? ExplanationMethod.DefaultOf(predictor))
                .Of(predictor, new(texts.Labels, context.Seed, context.Threads, background)),
            cancellation).ConfigureAwait(false);
    }

    /// <param name="method">Makes the method, given the model.</param>
    public static async Task<IReadOnlyList<Explanation>> ExplainAsync(
        Model model, Table rows, ExplainedTexts texts, StageContext context, Func<Predictor, IExplainer> method,
        CancellationToken cancellation)
    {
        var drawn = await DrawAsync(rows, texts.Split, texts.Texts, context, cancellation).ConfigureAwait(false);
        return await WithModelAsync(
            model, context,
            predictor => method(predictor).Explain(drawn, done => context.Progress.Report(new(done, drawn.Count, "texts")), cancellation))
            .ConfigureAwait(false);
    }

    /// <summary>The same rows for every method.</summary>
    public static async Task<IReadOnlyList<LabelledInput>> DrawAsync(
        Table rows, string split, int count, StageContext context, CancellationToken cancellation) => RandomRows.Draw(
            await TableRows.ReadSplitAsync(rows, split, cancellation).ConfigureAwait(false), count,
            new(context.Seed, RandomStreams.ExplainedTexts));

    /// <summary>Loads a model for some work, on the thread that torch works on.</summary>
    public static Task<T> WithModelAsync<T>(Model model, StageContext context, Func<Predictor, T> work) =>
        TorchThread.RunAsync(context.Threads, () =>
        {
            using var predictor = Predictor.Load(model, new(context.Device, context.Threads));
            return work(predictor);
        });

    /// <summary>The training texts, which only the SHAP values of a linear model are compared with.</summary>
    public static async Task<IReadOnlyList<string>> BackgroundAsync(Model model, Table rows, CancellationToken cancellation)
    {
        List<string> texts = [];
        if (model.Architecture != LinearModel.Architecture)
            return texts;
        await foreach (var batch in rows.ReadAsync([TableRows.Split, TableRows.Text], cancellation).ConfigureAwait(false))
        {
            var splitOf = batch.SplitOf();
            texts.AddRange(batch.Values<string>(Columns.Text).Items.Where((_, row) => splitOf(row) is Splits.Train or Splits.None));
        }
        return texts;
    }
}
