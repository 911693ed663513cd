using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>Texts and the codes to be written for them, packed.</summary>
/// <param name="TextOfCode">Packed text of each packed code: codes are sorted by their own lengths.</param>
/// <param name="Inputs">Characters the decoder reads (all but the last), as rows of the character table.</param>
/// <param name="Targets">Characters it should write (all but the first), one a position.</param>
internal sealed record Seq2SeqBatch(TokenBatch Texts, int[] TextOfCode, PackedSequence Codes, RowIndex Inputs, int[] Targets)
{
    /// <summary>Rows of the source of the packed codes.</summary>
    public IEnumerable<int> RowsOfCodes => TextOfCode.Select(text => Texts.Order[text]);
}

/// <summary>Packs rows of texts with their codes; one instance serves one thread.</summary>
internal sealed class Seq2SeqPacker(Ragged texts, Ragged codes, int vocabulary, int characters)
{
    private readonly TokenPacker _texts = new(texts, vocabulary);

    public Seq2SeqBatch Pack(ReadOnlySpan<int> rows)
    {
        var batch = _texts.Pack(rows);
        var lengths = batch.Order.Select(row => Math.Max(0, codes.Length(row) - 1)).ToArray();
        var textOfCode = PackedSequence.SortedLongestFirst(lengths);
        var layout = PackedSequence.Of([.. textOfCode.Select(text => lengths[text])]);
        var inputs = new int[layout.Positions];
        var targets = new int[layout.Positions];
        for (var t = 0; t < layout.Steps; t++)
            for (var i = 0; i < layout.BatchSizes[t]; i++)
            {
                var code = codes[batch.Order[textOfCode[i]]];
                var position = layout.Offsets[t] + i;
                (inputs[position], targets[position]) = (code[t], code[t + 1]);
            }
        return new(batch, textOfCode, layout, RowIndex.Of(inputs, characters), targets);
    }
}
