using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Models.Sequences;

/// <summary>A <see cref="Seq2Seq"/> with the characters it writes.</summary>
internal sealed class SpellingModel
{
    private readonly GreedyDecoder _decoder;

    /// <param name="validCodesOnly">Only codes seen in training can be written; null: as the network's settings say.</param>
    public SpellingModel(Seq2Seq network, CharacterLabels codes, bool? validCodesOnly = null)
    {
        Network = network;
        var allowed = validCodesOnly ?? network.Settings.ValidCodesOnly ? new CodeTrie(codes.ValidCodes.Select(code => Ids(codes, code))) : null;
        _decoder = new(
            network, CharacterLabels.StartId, CharacterLabels.EndId,
            [CharacterLabels.PadId, CharacterLabels.StartId, CharacterLabels.UnknownId], allowed);
    }

    public Seq2Seq Network { get; }

    /// <summary>One code a text, in order.</summary>
    public DecodedCode[] Spell(Ragged texts, int batchSize, CancellationToken cancellation)
    {
        var packer = new TokenPacker(texts, Network.Settings.Vocabulary);
        var result = new DecodedCode[texts.Count];
        foreach (var rows in texts.RowsByLength().Chunk(batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            var batch = packer.Pack(rows);
            var codes = _decoder.Decode(batch);
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
