using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>What a <see cref="Seq2Seq"/> takes for the next character when the true ones before it are given.</summary>
internal static class TeacherForcing
{
    /// <summary>By text, each true character, the end included, with the one in its place.</summary>
    public static IReadOnlyList<(int True, int Predicted)>[] Write(
        Seq2Seq model, Ragged texts, Ragged codes, int batchSize, CancellationToken cancellation)
    {
        var packer = new Seq2SeqPacker(texts, codes, model.Settings.Vocabulary, model.Settings.Characters);
        List<(int True, int Predicted)>[] pairs = [.. Enumerable.Range(0, texts.Count).Select(_ => new List<(int, int)>())];
        using var frozen = no_grad();
        foreach (var rows in texts.RowsByLength().Chunk(batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = packer.Pack(rows);
            var encoded = model.Encode(batch.Texts, model.Gather(batch.Texts, training: false).Rows, DropoutMasks.None);
            var written = model.Logits(batch, encoded, DropoutMasks.None).argmax(1).cpu().data<long>().ToArray();
            Add(batch, written, pairs);
        }
        return pairs;
    }

    private static void Add(Seq2SeqBatch batch, long[] written, List<(int True, int Predicted)>[] pairs)
    {
        for (var t = 0; t < batch.Codes.Steps; t++)
            for (var i = 0; i < batch.Codes.BatchSizes[t]; i++)
            {
                var position = batch.Codes.Offsets[t] + i;
                pairs[batch.Texts.Order[batch.TextOfCode[i]]].Add(((int)batch.Targets[position], (int)written[position]));
            }
    }
}
