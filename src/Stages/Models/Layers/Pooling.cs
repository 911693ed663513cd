using Pipelines.Stages.Text;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Layers;

public abstract partial record Layer
{
    /// <summary>One row a text out of the values of its steps; zeros for a text without steps.</summary>
    public abstract record PoolingLayer : Layer
    {
        internal override bool? ReadsSteps => true;

        internal override LayerShape ShapeAt(LayerSite site) => site.Input.Pooled;

        internal override LayerFunction Build(LayerSite site, LayerWeights weights) =>
            (input, _) => new PooledOutput(Pool(((SequenceOutput)input).Spread()));

        /// <param name="steps">One row a position.</param>
        private protected abstract Tensor Pool(SequenceOutput steps);
    }

    /// <summary>The steps as texts x steps x size.</summary>
    /// <param name="beyond">As in <see cref="PaddedPositions"/>.</param>
    private protected static Tensor Padded(SequenceOutput steps, Func<PackedSequence, int, int> beyond)
    {
        var width = Math.Max(1, steps.Layout.Steps);
        var positions = PaddedPositions.Of(steps.Layout, width, PaddingSide.Post, beyond);
        return Rows.GatherOrZero(steps.Values, positions).reshape(steps.Layout.Sequences, width, steps.Values.shape[1]);
    }

    /// <summary>The largest value over the steps.</summary>
    public sealed record MaxPool : PoolingLayer
    {
        // The first step stands in for the missing ones: it never changes the largest value.
        private protected override Tensor Pool(SequenceOutput steps) =>
            Padded(steps, beyond: (layout, i) => layout.Lengths[i] == 0 ? layout.Positions : i).amax(new long[] { 1 });
    }

    /// <summary>The mean over the steps.</summary>
    public sealed record AveragePool : PoolingLayer
    {
        private protected override Tensor Pool(SequenceOutput steps)
        {
            var shares = steps.Layout.Lengths.Select(length => 1f / Math.Max(1, length)).ToArray();
            var padded = Padded(steps, beyond: (layout, _) => layout.Positions);
            return padded.sum(1) * Numbers.Of(shares, [shares.Length, 1], padded.device);
        }
    }

    /// <summary>The last step.</summary>
    public sealed record Last : PoolingLayer
    {
        private protected override Tensor Pool(SequenceOutput steps)
        {
            var layout = steps.Layout;
            return Rows.GatherOrZero(
                steps.Values, [.. layout.Lengths.Select((length, i) => length == 0 ? layout.Positions : layout.Offsets[length - 1] + i)]);
        }
    }
}
