using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>How often a <see cref="Seq2Seq"/> finds the next character when the true ones before it are given.</summary>
internal static class TeacherForcing
{
    /// <summary>Right characters and all characters, ends included, of each text.</summary>
    public static (int Right, int All)[] Count(Seq2Seq model, Ragged texts, Ragged codes, int batchSize, CancellationToken cancellation)
    {
        var packer = new Seq2SeqPacker(texts, codes, model.Settings.Vocabulary, model.Settings.Characters);
        var counts = new (int Right, int All)[texts.Count];
        using var frozen = no_grad();
        foreach (var rows in texts.RowsByLength().Chunk(batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = packer.Pack(rows);
            var encoded = model.Encode(batch.Texts, model.Gather(batch.Texts, training: false).Rows, DropoutMasks.None);
            var written = model.Logits(batch, encoded, DropoutMasks.None).argmax(1).cpu().data<long>().ToArray();
            Add(batch, written, counts);
        }
        return counts;
    }

    private static void Add(Seq2SeqBatch batch, long[] written, (int Right, int All)[] counts)
    {
        for (var t = 0; t < batch.Codes.Steps; t++)
            for (var i = 0; i < batch.Codes.BatchSizes[t]; i++)
            {
                ref var count = ref counts[batch.Texts.Order[batch.TextOfCode[i]]];
                var position = batch.Codes.Offsets[t] + i;
                count = (count.Right + (written[position] == batch.Targets[position] ? 1 : 0), count.All + 1);
            }
    }
}
