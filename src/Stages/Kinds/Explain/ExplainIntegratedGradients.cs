using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Explaining.Gradients;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Kinds.Explain;

/// <summary>Says how much each word spoke for what was predicted, by integrated gradients on the word vectors.</summary>
[Stage("explain/integrated-gradients", Version = 6, Uses = Uses.Seed | Uses.Torch)]
public sealed class ExplainIntegratedGradients
    : Stage<ExplainIntegratedGradients.Inputs, ExplainIntegratedGradients.Params, ExplainIntegratedGradients.Outputs>
{
    public sealed record Inputs(
        Model Model,
        [Reads(TableRows.Split, TableRows.Raw, TableRows.Text, TableRows.Label, TableRows.Ids, TableRows.Length, TableRows.TargetIds)]
        Table Rows);

    public sealed record Params(
        [Inlined] ExplainedTexts Explained, [Inlined] ExplanationMethod.IntegratedGradients Gradients, bool ByCharacter = false,
        [NotInFingerprint] int Batch = 512);

    public sealed record Outputs(
        [Writes(Columns.Split, Columns.Text, Columns.Label, Columns.Predicted, Columns.Confidence, ExplanationTable.Explained,
            ExplanationTable.Words, ExplanationTable.Starts, Columns.Attributions, ExplanationTable.Base, ExplanationTable.Rest,
            ExplanationTable.Output, Columns.Delta, IntegratedGradientsExplainer.Steps)] Table Attributions,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var explained = await ExplanationRun.ExplainAsync(
            inputs.Model, inputs.Rows, parameters.Explained, context,
            predictor => new IntegratedGradientsExplainer(
                predictor, parameters.Explained.Labels, parameters.Gradients, parameters.ByCharacter, parameters.Batch, context.Threads),
            cancellation)
            .ConfigureAwait(false);
        var metrics = ExplanationTable.Measure(explained);
        var labels = explained.SelectMany(text => text.Labels).ToList();
        metrics["largest_relative_delta"] = labels.Max(Explanation.RelativeDelta);
        metrics["most_steps"] = labels.Max(label => label.Measures[IntegratedGradientsExplainer.Steps]);
        metrics["unconverged_texts"] = explained.Count(text => !IntegratedGradientsExplainer.HasConverged(text));
        var card = new CardContent(
            [
                .. Unconverged(metrics),
                ExplanationTable.ToFigure("integrated_gradients", explained),
                new Fact("largest_delta", metrics["largest_delta"]),
                new Fact("largest_relative_delta", metrics["largest_relative_delta"]),
                new Fact("most_steps", (long)metrics["most_steps"]),
                .. explained.Select(text => text.ToHeatmap()).OfType<HeatmapFigure>(),
            ]);
        return new(
            await context.Write.TableAsync(
                inputs.Rows.Encoding,
                new[] { ExplanationTable.ToBatch(explained, IntegratedGradientsExplainer.Steps) }.ToAsyncEnumerable(), cancellation)
                .ConfigureAwait(false),
            await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static IEnumerable<Warning> Unconverged(SortedDictionary<string, double> metrics) => metrics["unconverged_texts"] == 0 ? []
        : [new("explanations_not_converged", new Dictionary<string, object>
        {
            ["count"] = (long)metrics["unconverged_texts"],
            ["delta"] = metrics["largest_relative_delta"],
            ["steps"] = (long)metrics["most_steps"],
        })];
}
