using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Torch;

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

    private readonly OutputTrie? _allowed;

    /// <param name="constrained">Only codes seen in training can be written; null: as the network's settings say.</param>
    public Seq2SeqDecoder(Seq2Seq network, CharacterLabels codes, bool? constrained = null)
    {
        Network = network;
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

    private static int[] Ids(CharacterLabels codes, string code)
    {
        var ids = new List<int>();
        codes.Encode(code, ids);
        return [.. ids.Skip(1)];
    }
}
