using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models;

/// <summary>Some texts packed for a model: no padding, and every word that occurs named once.</summary>
/// <param name="Order">Row of the source of each packed sequence.</param>
/// <param name="Words">The ids that occur, in order of first appearance.</param>
/// <param name="Index">For each position of the layout, its row in <paramref name="Words"/>.</param>
internal sealed record TokenBatch(int[] Order, PackedSequence Layout, int[] Words, RowIndex Index);

/// <summary>Packs rows of token ids; one instance serves one thread.</summary>
internal sealed class TokenPacker(Ragged texts, int vocabulary)
{
    private readonly int[] _rowOfWord = new int[vocabulary];
    private readonly int[] _seenIn = new int[vocabulary];
    private int _batch;

    public TokenBatch Pack(ReadOnlySpan<int> rows)
    {
        var lengths = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            lengths[i] = texts.Length(rows[i]);
        var sorted = PackedSequence.SortedLongestFirst(lengths);
        var order = new int[rows.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = rows[sorted[i]];
            lengths[i] = texts.Length(order[i]);
        }
        var layout = PackedSequence.Of(lengths);
        var words = new List<int>();
        var rowOfPosition = new int[layout.Positions];
        _batch++;
        for (var t = 0; t < layout.Steps; t++)
            for (var i = 0; i < layout.BatchSizes[t]; i++)
                rowOfPosition[layout.Offsets[t] + i] = RowOf(texts[order[i]][t], words);
        return new(order, layout, [.. words], RowIndex.Of(rowOfPosition, words.Count));
    }

    private int RowOf(int word, List<int> words)
    {
        if (_seenIn[word] != _batch)
        {
            _seenIn[word] = _batch;
            _rowOfWord[word] = words.Count;
            words.Add(word);
        }
        return _rowOfWord[word];
    }
}
