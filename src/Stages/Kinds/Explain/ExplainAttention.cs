using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Kinds.Explain;

/// <summary>Shows which words a network looked at while it predicted, by its own attention.</summary>
[Stage("explain/attention", Version = 2, Uses = Uses.Seed | Uses.Torch)]
public sealed class ExplainAttention : Stage<ExplainAttention.Inputs, ExplainAttention.Params, ExplainAttention.Outputs>
{
    private const int Chunk = 512;

    public sealed record Inputs(
        Model Model,
        [Reads(TableRows.Split, TableRows.Raw, TableRows.Text, TableRows.Label, TableRows.Ids, TableRows.Length, TableRows.TargetIds)]
        Table Rows);

    public sealed record Params(int Texts = 12, string Split = Splits.Test);

    public sealed record Outputs(
        [Writes(Columns.Split, Columns.Text, Columns.Label, Columns.Predicted, Columns.Confidence, "words", "starts", "weights", "lookers",
            "carriers", "weights_by_looker", "outside")] Table Attention,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var rows = await ExplanationRun.DrawAsync(inputs.Rows, parameters.Split, parameters.Texts, context, cancellation)
            .ConfigureAwait(false);
        var texts = await ExplanationRun.WithModelAsync(
            inputs.Model, context, predictor => Explain(predictor, rows, context, cancellation)).ConfigureAwait(false);
        var metrics = new Dictionary<string, double>
        {
            ["texts"] = texts.Count,
            ["mean_entropy"] = texts.Average(text => text.Attention.Layers.Average(layer => layer.Heads.Average(HeadSummary.EntropyOf))),
            ["outside_share"] = texts.Average(text => 1 - text.ByWord.Sum()),
        };
        return new(
            await context.Write.TableAsync(inputs.Rows.Encoding, new[] { ToBatch(texts) }.ToAsyncEnumerable(), cancellation)
                .ConfigureAwait(false),
            await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(AttentionCard.Of(texts, metrics), cancellation).ConfigureAwait(false));
    }

    private static List<AttendedText> Explain(
        Predictor predictor, IReadOnlyList<LabelledInput> rows, StageContext context, CancellationToken cancellation)
    {
        var explainer = new AttentionExplainer(predictor);
        List<AttendedText> texts = [];
        foreach (var part in rows.Chunk(Chunk))
        {
            texts.AddRange(explainer.Attend(part, cancellation));
            context.Progress.Report(new(texts.Count, rows.Count, "texts"));
        }
        return texts;
    }

    private static RowBatch ToBatch(List<AttendedText> texts) => new(texts.Count,
    [
        new Values<string>(Columns.Split, [.. texts.Select(text => text.Row.Split)]),
        new Values<string>(Columns.Text, [.. texts.Select(text => text.Row.Text)]),
        new Values<string>(Columns.Label, [.. texts.Select(text => text.Row.Label)]),
        new Values<string>(Columns.Predicted, [.. texts.Select(text => text.Attention.Prediction.Label)]),
        new Values<double>(Columns.Confidence, [.. texts.Select(text => text.Attention.Prediction.Confidence)]),
        Lists.Of("words", texts.Select(text => text.Words())),
        Lists.Of("starts", texts.Select(text => text.Units.Places.Select(word => word.Start))),
        Lists.Of("weights", texts.Select(text => text.ByWord)),
        Lists.Of("lookers", texts.Select(text => text.Lookers)),
        Lists.Of("carriers", texts.Select(CarriersOf)),
        Lists.Of("weights_by_looker", texts.Select(text => text.Weights.SelectMany(word => word))),
        Lists.Of("outside", texts.Select(text => text.Outside)),
    ]);

    private static IEnumerable<string> CarriersOf(AttendedText text)
    {
        var words = text.Words();
        return text.Lookers.Select((_, looker) => text.CarrierOf(looker) is { } word ? words[word] : "");
    }
}
