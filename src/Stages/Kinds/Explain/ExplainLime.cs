using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Explaining.Perturbation;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Kinds.Explain;

/// <summary>Explains texts by what a model makes of variants of them that lack some words (LIME).</summary>
[Stage("explain/lime", Version = 1, Uses = Uses.Seed | Uses.Torch)]
public sealed class ExplainLime : Stage<ExplainLime.Inputs, ExplainLime.Params, ExplainLime.Outputs>
{
    // Of the authors' examples, local models below it describe little of what the model does.
    private const double MinR2 = 0.5;

    public sealed record Inputs(
        Model Model,
        [Reads(TableRows.Split, TableRows.Raw, TableRows.Text, TableRows.Label, TableRows.Ids, TableRows.Length, TableRows.TargetIds)]
        Table Rows);

    public sealed record Params([Inlined] ExplainedTexts Explained, [Inlined] ExplanationMethod.Lime Lime);

    public sealed record Outputs(
        [Writes(Columns.Split, Columns.Text, Columns.Label, Columns.Predicted, Columns.Confidence, ExplanationTable.Explained,
            ExplanationTable.Words, ExplanationTable.Starts, Columns.Attributions, ExplanationTable.Base, ExplanationTable.Rest,
            ExplanationTable.Output, Columns.Delta, LimeExplainer.R2, LimeExplainer.Stability)] Table Attributions,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var explained = await ExplanationRun.ExplainAsync(
            inputs.Model, inputs.Rows, parameters.Explained, context,
            parameters.Lime, cancellation).ConfigureAwait(false);
        var metrics = ExplanationTable.Measure(explained, LimeExplainer.R2, LimeExplainer.Stability);
        var loose = explained.Count(text => text.Main.Measures[LimeExplainer.R2] < MinR2);
        metrics["loose_texts"] = loose;
        List<CardItem> items =
        [
            ExplanationTable.ToFigure("lime", explained),
            new Fact("mean_r2", metrics["mean_r2"]),
            new Fact("mean_stability", metrics["mean_stability"], ValueFormat.Percent),
        ];
        if (loose > 0)
            items.Insert(0, new Warning("lime_fits_loosely", new Dictionary<string, object> { ["count"] = (long)loose, ["r2"] = MinR2 }));
        return new(
            await context.Write.TableAsync(
                inputs.Rows.Encoding,
                new[] { ExplanationTable.ToBatch(explained, LimeExplainer.R2, LimeExplainer.Stability) }.ToAsyncEnumerable(), cancellation)
                .ConfigureAwait(false),
            await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(new(items), cancellation).ConfigureAwait(false));
    }
}
