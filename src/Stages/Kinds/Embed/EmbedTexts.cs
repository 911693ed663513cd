using System.Runtime.CompilerServices;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Kinds.Embed;

/// <summary>Computes, once, what a pretrained encoder makes of each text.</summary>
[Stage("embed/texts", Version = 1, Uses = Uses.Torch)]
public sealed class EmbedTexts : Stage<EmbedTexts.Inputs, EmbedTexts.Params, EmbedTexts.Outputs>
{
    /// <summary>More texts side by side are no faster on a processor.</summary>
    private const int BatchSize = 32;

    private const int RowsAtOnce = 8192;

    public sealed record Inputs([Reads(Columns.Ids, Columns.Length)] Table Rows, Model Encoder);

    public sealed record Params(Pooling Pooling = Pooling.First);

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Vector)] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        EncodedTexts.CheckTokenizer(inputs.Rows.Encoding, inputs.Encoder.Encoding);
        TransformerEncoder.ConfigOf(inputs.Encoder).CheckPooling(parameters.Pooling);
        using var encoder = await TorchThread.RunAsync(
            context.Threads, () => TransformerEncoder.Load(inputs.Encoder, TorchThread.Device(context.Device))).ConfigureAwait(false);
        var encoding = inputs.Rows.Encoding.With(EncodedTexts.Step(inputs.Encoder, parameters.Pooling));
        var rows = await context.Write.TableAsync(
            encoding, BatchesAsync(inputs.Rows, encoder, parameters.Pooling, context, cancellation), cancellation).ConfigureAwait(false);
        var card = new CardContent(
            new Fact("texts", rows.Rows, ValueFormat.Integer),
            new Fact("vector_size", encoder.Config.HiddenSize),
            new Fact("pooling", PortName.Dashed(parameters.Pooling.ToString()), ValueFormat.Code));
        return new(rows, await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static async IAsyncEnumerable<RowBatch> BatchesAsync(
        Table rows, TransformerEncoder encoder, Pooling pooling, StageContext context,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var preprocessor = TextPreprocessor.From(rows.Encoding);
        var before = 0L;
        await foreach (var batch in rows.ReadAsync([Columns.Ids, Columns.Length], cancellation).ConfigureAwait(false))
            foreach (var part in batch.Parts(RowsAtOnce))
            {
                var texts = new Ragged();
                for (var row = 0; row < part.Count; row++)
                    texts.Add(preprocessor.Real(part.Lists<int>(Columns.Ids)[row], part.Values<int>(Columns.Length)[row]));
                var start = before;
                void Report(int done) => context.Progress.Report(new(start + done, rows.Rows, "texts"));
                var vectors = await TorchThread.RunAsync(
                    context.Threads, () => EncoderFeatures.Of(encoder, texts, pooling, BatchSize, Report, cancellation))
                    .ConfigureAwait(false);
                int[] offsets = [.. Enumerable.Range(0, part.Count + 1).Select(row => row * encoder.Config.HiddenSize)];
                yield return part.With(new Lists<float>(Columns.Vector, [.. vectors.SelectMany(vector => vector)], offsets));
                before += part.Count;
            }
    }
}
