using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Torch;
using TorchSharp;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>A code as it was written.</summary>
/// <param name="Characters">Ids, without start and end.</param>
/// <param name="Ended">False: the longest length was reached first.</param>
/// <param name="Confidence">Product of the probabilities of its characters, the end included.</param>
internal sealed record DecodedCode(int[] Characters, bool Ended, double Confidence);

/// <summary>A <see cref="Seq2Seq"/> with the characters it writes.</summary>
internal sealed class Seq2SeqDecoder
{
    private static readonly int[] NeverWritten = [CharacterLabels.PadId, CharacterLabels.StartId, CharacterLabels.UnknownId];

    private readonly CharacterLabels _codes;
    private readonly OutputTrie? _allowed;

    /// <param name="constrained">Only codes seen in training can be written; null: as the network's settings say.</param>
    public Seq2SeqDecoder(Seq2Seq network, CharacterLabels codes, bool? constrained = null)
    {
        (Network, _codes) = (network, codes);
        if (constrained ?? network.Settings.Constrained)
            _allowed = new(codes.ValidCodes.Select(code => Ids(codes, code)));
    }

    public Seq2Seq Network { get; }

    /// <summary>One code a text, in order: at each step the likeliest character.</summary>
    public DecodedCode[] GreedySearch(Ragged texts, int batchSize, CancellationToken cancellation) =>
        Array.ConvertAll(BeamSearch(texts, width: 1, batchSize, cancellation), codes => codes[0]);

    /// <summary>Up to <paramref name="width"/> codes a text, likeliest first.</summary>
    public IReadOnlyList<DecodedCode>[] BeamSearch(Ragged texts, int width, int batchSize, CancellationToken cancellation)
    {
        var decoder = new BeamDecoder(Network, CharacterLabels.StartId, CharacterLabels.EndId, NeverWritten, _allowed, width);
        var packer = new TokenPacker(texts, Network.Settings.Vocabulary);
        var result = new IReadOnlyList<DecodedCode>[texts.Count];
        foreach (var rows in texts.RowsByLength().Chunk(batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            var batch = packer.Pack(rows);
            foreach (var (row, codes) in batch.Order.Zip(decoder.Decode(batch)))
                result[row] = codes;
        }
        return result;
    }

    /// <summary>How likely each text writes one code: the product of the probabilities of its characters.</summary>
    public double[] Probabilities(Ragged texts, string label, int batchSize, CancellationToken cancellation)
    {
        var code = CodeOf(label);
        var length = DecodedSequences.LengthOf(code);
        var result = new double[texts.Count];
        var packer = new TokenPacker(texts, Network.Settings.Vocabulary);
        using var frozen = torch.no_grad();
        foreach (var rows in texts.RowsByLength().Chunk(batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            var batch = packer.Pack(rows);
            var encoded = Network.Encode(batch, Network.Gather(batch, training: false).Rows, DropoutMasks.None);
            var codes = DecodedSequences.Of([.. batch.Order.Select(_ => code)]);
            var inputs = RowIndex.Of(codes.Inputs, Network.Settings.Characters);
            var logits = Network.Logits(codes.TextOfCode, codes.Layout, inputs, encoded, DropoutMasks.None);
            // Codes of one length: character after character, for each the texts in order.
            var likelihoods = codes.LogLikelihoods(logits).reshape(length, rows.Length).sum(dim: 0).exp();
            foreach (var (place, likelihood) in codes.TextOfCode.Zip(ParameterSet.ToArray(likelihoods)))
                result[batch.Order[place]] = likelihood;
        }
        return result;
    }

    /// <summary>A label as if it had been written; the end is not written after the longest.</summary>
    public DecodedCode CodeOf(string label)
    {
        int[] ids = [.. Ids(_codes, label).Take(Network.Settings.MaxLength - 1)];
        return ids is [.. var characters, CharacterLabels.EndId] ? new(characters, Ended: true, 1) : new(ids, Ended: false, 1);
    }

    private static int[] Ids(CharacterLabels codes, string code)
    {
        var ids = new List<int>();
        codes.Encode(code, ids);
        return [.. ids.Skip(1)];
    }
}
