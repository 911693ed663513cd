using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>Some texts padded to the longest of them, every token that occurs named once.</summary>
/// <param name="Lengths">Real tokens of each text.</param>
/// <param name="Steps">Of the longest text; at least 1.</param>
/// <param name="Words">The ids that occur, padding among them, in order of first appearance.</param>
/// <param name="Index">For each text and step, its row in <paramref name="Words"/>.</param>
internal sealed record PaddedBatch(int[] Lengths, int Steps, int[] Words, RowIndex Index)
{
    public static PaddedBatch Of(Ragged texts, ReadOnlySpan<int> rows, int padding)
    {
        var lengths = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            lengths[i] = texts.Length(rows[i]);
        var steps = lengths.Append(1).Max();
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
        return new(lengths, steps, [.. rowOfWord.Keys], RowIndex.Of(rowOfPosition, rowOfWord.Count));
    }

    /// <summary>Texts x steps; false for padding.</summary>
    public Tensor IsReal(Device device) =>
        arange(Steps, device: device).unsqueeze(0) < Indices.Of(Lengths, device).unsqueeze(1);
}
