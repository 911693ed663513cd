using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Explaining.Perturbation;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Kinds.Explain;

/// <summary>Shares the score of a text among its words as Shapley values do (SHAP).</summary>
[Stage("explain/shap", Version = 1, Uses = Uses.Seed | Uses.Torch)]
public sealed class ExplainShap : Stage<ExplainShap.Inputs, ExplainShap.Params, ExplainShap.Outputs>
{
    public sealed record Inputs(
        Model Model,
        [Reads(TableRows.Split, TableRows.Raw, TableRows.Text, TableRows.Label, TableRows.Ids, TableRows.Length, TableRows.TargetIds)]
        Table Rows);

    public sealed record Params([Inlined] ExplainedTexts Explained, [Inlined] ExplanationMethod.Shap Shap);

    public sealed record Outputs(
        [Writes(Columns.Split, Columns.Text, Columns.Label, Columns.Predicted, Columns.Confidence, ExplanationTable.Explained,
            ExplanationTable.Words, ExplanationTable.Starts, Columns.Attributions, ExplanationTable.Base, ExplanationTable.Rest,
            ExplanationTable.Output, Columns.Delta, ShapExplainer.Evaluations)] Table Attributions,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var explained = await ExplanationRun.ExplainAsync(
            inputs.Model, inputs.Rows, parameters.Explained, context,
            parameters.Shap, cancellation).ConfigureAwait(false);
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
}
