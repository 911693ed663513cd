using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Explaining.Perturbation;
using Pipelines.Stages.Models.LinearModels;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Splitting;

namespace Pipelines.Stages.Kinds.Explain;

/// <summary>Shares the score of a text among its words as Shapley values do (SHAP).</summary>
[Stage("explain/shap", Version = 1, Uses = Uses.Seed | Uses.Torch)]
public sealed class ExplainShap : Stage<ExplainShap.Inputs, ExplainShap.Params, ExplainShap.Outputs>
{
    public sealed record Inputs(
        Model Model,
        [Reads(TableRows.Split, TableRows.Raw, TableRows.Text, TableRows.Label, TableRows.Ids, TableRows.Length, TableRows.TargetIds)]
        Table Rows);

    public sealed record Params([Inlined] ExplainedTexts Explained, ShapMethod Method = ShapMethod.Auto, int? Samples = null);

    public sealed record Outputs(
        [Writes(Columns.Split, Columns.Text, Columns.Label, Columns.Predicted, Columns.Confidence, ExplanationTable.Explained,
            ExplanationTable.Words, ExplanationTable.Starts, Columns.Attributions, ExplanationTable.Base, ExplanationTable.Rest,
            ExplanationTable.Output, Columns.Delta, ShapExplainer.Evaluations)] Table Attributions,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var background = await BackgroundAsync(inputs, cancellation).ConfigureAwait(false);
        var explained = await ExplanationRun.ExplainAsync(
            inputs.Model, inputs.Rows, parameters.Explained, context,
            predictor => new ShapExplainer(
                predictor, parameters.Explained.Labels, parameters.Method, parameters.Samples, context.Seed, context.Threads, background),
            cancellation).ConfigureAwait(false);
        var metrics = ExplanationTable.Measure(explained, ShapExplainer.Evaluations);
        return new(
            await context.Write.TableAsync(
                inputs.Rows.Encoding, new[] { ExplanationTable.ToBatch(explained, ShapExplainer.Evaluations) }.ToAsyncEnumerable(),
                cancellation).ConfigureAwait(false),
            await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(
                new(ExplanationTable.ToFigure("shap", explained), new Fact("largest_delta", metrics["largest_delta"]),
                    new Fact("mean_evaluations", metrics["mean_evaluations"])), cancellation).ConfigureAwait(false));
    }

    /// <summary>The training texts, which only the values of a linear model are compared with.</summary>
    private static async Task<IReadOnlyList<string>> BackgroundAsync(Inputs inputs, CancellationToken cancellation)
    {
        List<string> texts = [];
        if (inputs.Model.Architecture != LinearModel.Architecture)
            return texts;
        await foreach (var batch in inputs.Rows.ReadAsync([TableRows.Split, TableRows.Text], cancellation).ConfigureAwait(false))
        {
            var splitOf = batch.SplitOf();
            texts.AddRange(batch.Values<string>(Columns.Text).Items.Where((_, row) => splitOf(row) is Splits.Train or Splits.None));
        }
        return texts;
    }
}
