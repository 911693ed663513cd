using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>Padded texts with every token that occurs named once.</summary>
/// <param name="Words">The ids that occur, padding among them, in order of first appearance.</param>
/// <param name="Index">For each text and step, its row in <paramref name="Words"/>.</param>
internal sealed record PaddedBatch(int[] Lengths, int[] Words, RowIndex Index) : PaddedTexts(Lengths)
{
    public static PaddedBatch Of(Ragged texts, ReadOnlySpan<int> rows, int padding)
    {
        var lengths = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            lengths[i] = texts.Length(rows[i]);
        var steps = new PaddedTexts(lengths).Steps;
        Dictionary<int, int> rowOfWord = [];
        var rowOfPosition = new int[rows.Length * steps];
        for (var i = 0; i < rows.Length; i++)
            for (var t = 0; t < steps; t++)
            {
                var word = t < lengths[i] ? texts[rows[i]][t] : padding;
                if (!rowOfWord.TryGetValue(word, out var row))
                    rowOfWord.Add(word, row = rowOfWord.Count);
                rowOfPosition[(i * steps) + t] = row;
            }
        return new(lengths, [.. rowOfWord.Keys], RowIndex.Of(rowOfPosition, rowOfWord.Count));
    }
}
