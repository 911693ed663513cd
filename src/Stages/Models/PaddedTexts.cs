using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models;

/// <summary>Some texts side by side, all as long as the longest.</summary>
/// <param name="Lengths">Real tokens of each text.</param>
internal record PaddedTexts(int[] Lengths)
{
    // Finite, so that a text of nothing but padding has weights too.
    private const float Absent = -1e9f;

    /// <summary>Of the longest text; at least 1.</summary>
    public int Steps { get; } = Lengths.Append(1).Max();

    /// <summary>Texts x steps; false for padding.</summary>
    public Tensor IsReal(Device device) =>
        Indices.Range(0, Steps, device).unsqueeze(0) < Indices.Of(Lengths, device).unsqueeze(1);

    /// <summary>0 for tokens, far below any score for padding (texts x steps): added before a softmax, padding weighs exactly 0.</summary>
    public Tensor Absences(Device device)
    {
        var absences = new float[Lengths.Length * Steps];
        for (var i = 0; i < Lengths.Length; i++)
            absences.AsSpan((i * Steps) + Lengths[i], Steps - Lengths[i]).Fill(Absent);
        return Numbers.Of(absences, [Lengths.Length, Steps], device);
    }

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
