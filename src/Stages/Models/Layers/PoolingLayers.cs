using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>The largest value over the steps of each text; zeros for a text without steps.</summary>
internal sealed class MaxPoolLayer : NetworkLayer
{
    public override LayerOutput Apply(LayerOutput input, DropoutMasks masks)
    {
        var steps = ((SequenceOutput)input).Spread();
        // The first step stands in for the missing ones: it never changes the largest value.
        var padded = PaddedSteps.Spread(steps, beyond: (layout, i) => layout.Lengths[i] == 0 ? layout.Positions : i);
        return new PooledOutput(padded.amax(new long[] { 1 }));
    }
}

/// <summary>The mean over the steps of each text; zeros for a text without steps.</summary>
internal sealed class AveragePoolLayer : NetworkLayer
{
    public override LayerOutput Apply(LayerOutput input, DropoutMasks masks)
    {
        var steps = ((SequenceOutput)input).Spread();
        var shares = steps.Layout.Lengths.Select(length => 1f / Math.Max(1, length)).ToArray();
        var padded = PaddedSteps.Spread(steps, beyond: (layout, _) => layout.Positions);
        return new PooledOutput(padded.sum(1) * Numbers.Of(shares, [shares.Length, 1], padded.device));
    }
}

/// <summary>The last step of each text; zeros for a text without steps.</summary>
internal sealed class LastLayer : NetworkLayer
{
    public override LayerOutput Apply(LayerOutput input, DropoutMasks masks)
    {
        var steps = ((SequenceOutput)input).Spread();
        var layout = steps.Layout;
        var last = layout.Lengths.Select((length, i) => length == 0 ? layout.Positions : layout.Offsets[length - 1] + i).ToArray();
        return new PooledOutput(Rows.GatherOrZero(steps.Values, last));
    }
}

internal static class PaddedSteps
{
    /// <summary>The steps as texts x steps x size.</summary>
    /// <param name="beyond">Position that stands for the missing steps of a text; the position after the last is zeros.</param>
    public static Tensor Spread(SequenceOutput steps, Func<PackedSequence, int, int> beyond)
    {
        var layout = steps.Layout;
        var width = Math.Max(1, layout.Steps);
        var positions = new int[layout.Sequences * width];
        for (var i = 0; i < layout.Sequences; i++)
            for (var t = 0; t < width; t++)
                positions[(i * width) + t] = t < layout.Lengths[i] ? layout.Offsets[t] + i : beyond(layout, i);
        return Rows.GatherOrZero(steps.Values, positions).reshape(layout.Sequences, width, steps.Values.shape[1]);
    }
}
