using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>What goes from layer to layer.</summary>
internal abstract record LayerOutput(Tensor Values);

/// <summary>Values of every step of every text.</summary>
/// <param name="Values">One row a position of the layout, or fewer rows that <paramref name="Index"/> spreads over the positions.</param>
internal sealed record SequenceOutput(Tensor Values, PackedSequence Layout, RowIndex? Index = null) : LayerOutput(Values)
{
    /// <summary>One row a position.</summary>
    public SequenceOutput Spread() => Index is null ? this : new(Rows.Gather(Values, Index), Layout);
}

/// <summary>One row of values a text (texts x size).</summary>
internal sealed record PooledOutput(Tensor Values) : LayerOutput(Values);
