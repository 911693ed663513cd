using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Models;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Kinds.Explain;

/// <summary>Says how much each word spoke for what was predicted, by integrated gradients on the word vectors.</summary>
[Stage("explain/integrated-gradients", Version = 4, Uses = Uses.Seed | Uses.Torch)]
public sealed class ExplainIntegratedGradients
    : Stage<ExplainIntegratedGradients.Inputs, ExplainIntegratedGradients.Params, ExplainIntegratedGradients.Outputs>
{
    private const int MaxSteps = 1_024;

    public sealed record Inputs(
        Model Model,
        [Reads(TableRows.Split, TableRows.Raw, TableRows.Text, TableRows.Label, TableRows.Ids, TableRows.Length, TableRows.TargetIds)]
        Table Rows);

    public sealed record Params(int Texts = 12, string Split = Splits.Test, int Steps = 50, bool ByCharacter = false,
        [NotInFingerprint] int Batch = 512);

    public sealed record Outputs(
        [Writes(Columns.Split, Columns.Text, Columns.Label, Columns.Predicted, Columns.Confidence, "tokens", Columns.Attributions,
            Columns.Delta, "steps")] Table Attributions,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        string[]? splits = inputs.Rows.Find(Columns.Split) is null ? null : [parameters.Split];
        var all = await TableRows.ReadAsync(inputs.Rows, splits, cancellation).ConfigureAwait(false);
        var rows = RandomRows.Draw(all, parameters.Texts, new(context.Seed, RandomStreams.ExplainedTexts));
        var explained = await TorchThread.RunAsync(context.Threads, () => Explain(inputs.Model, rows, parameters, context, cancellation))
            .ConfigureAwait(false);
        var metrics = new Dictionary<string, double>
        {
            ["texts"] = explained.Length,
            ["mean_delta"] = explained.Average(text => Math.Abs(text.Delta)),
            ["largest_delta"] = explained.Max(text => Math.Abs(text.Delta)),
            ["largest_relative_delta"] = explained.Max(text => text.RelativeDelta),
            ["most_steps"] = explained.Max(text => text.Steps),
            ["unconverged_texts"] = explained.Count(text => !text.HasConverged),
        };
        var card = new CardContent(
            [
                .. Unconverged(metrics),
                new TokensFigure("integrated_gradients", [.. explained.Select(text => text.ToFigureRow())]),
                new Fact("largest_delta", metrics["largest_delta"]),
                new Fact("largest_relative_delta", metrics["largest_relative_delta"]),
                new Fact("most_steps", (long)metrics["most_steps"]),
                .. explained.Select(text => text.ToHeatmap()).OfType<HeatmapFigure>(),
            ]);
        return new(
            await context.Write
                .TableAsync(inputs.Rows.Encoding, new[] { ExplainedText.ToBatch(explained) }.ToAsyncEnumerable(), cancellation)
                .ConfigureAwait(false),
            await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static ExplainedText[] Explain(
        Model model, IReadOnlyList<LabelledInput> rows, Params parameters, StageContext context, CancellationToken cancellation)
    {
        using var predictor = Predictor.Load(model, new(context.Device, context.Threads));
        if (predictor is not IExplainable explainable)
            throw new StageException($"A model of the architecture '{model.Architecture}' has no gradients to integrate.")
            {
                Help = "Use explain/lime or explain/shap, which only ask for predictions.",
            };
        var explained = new ExplainedText[rows.Count];
        // Texts of like length take the fewest steps together.
        List<int> open = [.. Enumerable.Range(0, rows.Count).OrderBy(row => rows[row].Input.Ids.Length)];
        for (var steps = parameters.Steps; ; steps = Math.Min(2 * steps, MaxSteps))
        {
            var explainer = new TextExplainer(predictor, explainable, GaussLegendre.Of(steps), parameters.ByCharacter);
            foreach (var part in open.Chunk(Math.Max(1, parameters.Batch / steps)))
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var (row, text) in part.Zip(explainer.Explain([.. part.Select(row => rows[row])])))
                    explained[row] = text;
                context.Progress.Report(new(explained.Count(text => text is { HasConverged: true }), rows.Count, "texts"));
            }
            open = open.FindAll(row => !explained[row].HasConverged);
            if (open.Count == 0 || steps >= MaxSteps)
                return explained;
        }
    }

    private static IEnumerable<Warning> Unconverged(Dictionary<string, double> metrics) => metrics["unconverged_texts"] == 0 ? []
        : [new("explanations_not_converged", new Dictionary<string, object>
        {
            ["count"] = (long)metrics["unconverged_texts"],
            ["delta"] = metrics["largest_relative_delta"],
            ["steps"] = (long)metrics["most_steps"],
        })];
}
