using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models;

/// <summary>
/// Values that are asked for at several points of straight lines: with n shares, place p stands at
/// <c>Start[p / n] + Shares[p % n] · changes[p / n]</c>. What is linear is so computed once a line, not once a point.
/// </summary>
/// <param name="Start">Where each line starts (lines x size).</param>
internal sealed record InterpolationPath(Tensor Start, float[] Shares)
{
    /// <summary>One row a place; the gradient reaches the changes.</summary>
    /// <param name="changes">From the start of each line to its end (lines x size).</param>
    public Tensor Spread(Tensor changes)
    {
        var (lines, size) = (changes.shape[0], changes.shape[1]);
        var shares = tensor(Shares, [1, Shares.Length, 1], dtype: changes.dtype, device: changes.device);
        return (shares.expand(lines, Shares.Length, 1).bmm(changes.unsqueeze(1)) + Start.unsqueeze(1)).reshape(lines * Shares.Length, size);
    }

    /// <summary>The layout in which every sequence stands once for each share: its points are neighbours.</summary>
    public PackedSequence Copied(PackedSequence layout) =>
        PackedSequence.Of([.. layout.Lengths.SelectMany(length => Enumerable.Repeat(length, Shares.Length))]);
}
