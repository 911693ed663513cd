using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>A <see cref="Seq2Seq"/> with the characters it writes.</summary>
internal sealed class Seq2SeqDecoder
{
    private static readonly int[] NeverWritten = [CharacterLabels.PadId, CharacterLabels.StartId, CharacterLabels.UnknownId];

    private readonly OutputTrie? _allowed;

    /// <param name="validCodesOnly">Only codes seen in training can be written; null: as the network's settings say.</param>
    public Seq2SeqDecoder(Seq2Seq network, CharacterLabels codes, bool? validCodesOnly = null)
    {
        Network = network;
        if (validCodesOnly ?? network.Settings.ValidCodesOnly)
            _allowed = new(codes.ValidCodes.Select(code => Ids(codes, code)));
    }

    public Seq2Seq Network { get; }

    /// <summary>One code a text, in order: at each step the likeliest character.</summary>
    public DecodedCode[] Spell(Ragged texts, int batchSize, CancellationToken cancellation)
    {
        var decoder = new GreedyDecoder(Network, CharacterLabels.StartId, CharacterLabels.EndId, NeverWritten, _allowed);
        return Each(texts, batchSize, decoder.Decode, cancellation);
    }

    /// <summary>Up to <paramref name="count"/> codes a text, likeliest first.</summary>
    public IReadOnlyList<DecodedCode>[] SpellLikeliest(Ragged texts, int count, int batchSize, CancellationToken cancellation)
    {
        var decoder = new BeamDecoder(Network, CharacterLabels.StartId, CharacterLabels.EndId, NeverWritten, _allowed, count);
        return Each(texts, batchSize, decoder.Decode, cancellation);
    }

    private T[] Each<T>(Ragged texts, int batchSize, Func<TokenBatch, T[]> decode, CancellationToken cancellation)
    {
        var packer = new TokenPacker(texts, Network.Settings.Vocabulary);
        var result = new T[texts.Count];
        foreach (var rows in texts.RowsByLength().Chunk(batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            var batch = packer.Pack(rows);
            var codes = decode(batch);
            for (var i = 0; i < codes.Length; i++)
                result[batch.Order[i]] = codes[i];
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
