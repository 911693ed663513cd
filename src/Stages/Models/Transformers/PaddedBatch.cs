using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>Some texts side by side, all as long as the longest.</summary>
/// <param name="Lengths">Real tokens of each text.</param>
internal record PaddedTexts(int[] Lengths)
{
    /// <summary>Of the longest text; at least 1.</summary>
    public int Steps { get; } = Lengths.Append(1).Max();

    /// <summary>Texts x steps; false for padding.</summary>
    public Tensor IsReal(Device device) =>
        arange(Steps, device: device).unsqueeze(0) < Indices.Of(Lengths, device).unsqueeze(1);

    /// <summary>For each text and step its position in the layout, whose sequences are these texts; the number of positions for padding.
    /// </summary>
    public int[] PositionsIn(PackedSequence layout)
    {
        var positions = new int[Lengths.Length * Steps];
        Array.Fill(positions, layout.Positions);
        for (var t = 0; t < layout.Steps; t++)
            for (var i = 0; i < layout.BatchSizes[t]; i++)
                positions[(i * Steps) + t] = layout.Offsets[t] + i;
        return positions;
    }
}

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
