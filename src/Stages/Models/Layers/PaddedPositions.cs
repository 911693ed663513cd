using Pipelines.Stages.Text;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>
/// Packed steps as if they were padded: for each text, the positions of its steps and of what stands in for the missing ones.
/// </summary>
internal static class PaddedPositions
{
    /// <param name="width">Steps a text.</param>
    /// <param name="beyond">The position that stands for the missing steps of a text; the one after the last means zeros.</param>
    public static int[] Of(PackedSequence layout, int width, PaddingSide side, Func<PackedSequence, int, int> beyond)
    {
        var positions = new int[layout.Sequences * width];
        for (var i = 0; i < layout.Sequences; i++)
        {
            var (length, missing) = (layout.Lengths[i], beyond(layout, i));
            var before = side == PaddingSide.Pre ? width - length : 0;
            for (var t = 0; t < width; t++)
            {
                var step = t - before;
                positions[(i * width) + t] = step >= 0 && step < length ? layout.Offsets[step] + i : missing;
            }
        }
        return positions;
    }
}
