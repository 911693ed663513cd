using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>What an encoder that is not trained makes of texts.</summary>
internal static class EncoderFeatures
{
    /// <summary>One row a text, in order; texts of like length are computed together.</summary>
    /// <param name="done">Is told how many texts are done.</param>
    public static float[][] Of(
        TransformerEncoder encoder, Ragged texts, Pooling pooling, int batchSize, Action<int> done, CancellationToken cancellation)
    {
        var rows = new float[texts.Count][];
        var count = 0;
        using var frozen = no_grad();
        foreach (var chunk in texts.RowsByLength().Chunk(batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = PaddedBatch.Of(texts, chunk, encoder.Config.PadTokenId);
            var pooled = ParameterSet.ToArray(encoder.Pool(batch, Hidden(encoder, batch), pooling));
            for (var i = 0; i < chunk.Length; i++)
                rows[chunk[i]] = pooled[(i * encoder.Config.HiddenSize)..((i + 1) * encoder.Config.HiddenSize)];
            done(count += chunk.Length);
        }
        return rows;
    }

    /// <summary>The shape of the hidden states of one text.</summary>
    public static long[] ShapeOf(TransformerEncoder encoder, int[] ids)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return Hidden(encoder, PaddedBatch.Of(Ragged.Of([ids]), [0], encoder.Config.PadTokenId)).shape;
    }

    private static Tensor Hidden(TransformerEncoder encoder, PaddedBatch batch) => encoder.HiddenStates(
        batch, TransformerEncoder.Spread(batch, encoder.Gather(batch, training: false).Rows), DropoutMasks.None);
}
