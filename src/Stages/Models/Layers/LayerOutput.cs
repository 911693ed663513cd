using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>What goes from layer to layer.</summary>
internal abstract record LayerOutput(Tensor Values);

/// <summary>Values of every step of every text.</summary>
/// <param name="Values">One row a position of the layout, or fewer rows that <paramref name="Index"/> spreads over the positions.</param>
/// <param name="Points">What the positions are: points on ways that begin at the <paramref name="Values"/>; null: the rows.</param>
internal sealed record SequenceOutput(Tensor Values, PackedSequence Layout, RowIndex? Index = null, Interpolation? Points = null)
    : LayerOutput(Values)
{
    /// <param name="layout">Each position as often as there are points, side by side.</param>
    public static SequenceOutput Of(Interpolation points, PackedSequence layout) => new(points.From, layout, Points: points);

    /// <summary>One row a position.</summary>
    public SequenceOutput Spread() =>
        Points is not null ? new(Points.Rows(), Layout)
        : Index is not null ? new(Rows.Gather(Values, Index), Layout)
        : this;
}

/// <summary>One row of values a text (texts x size).</summary>
internal sealed record PooledOutput(Tensor Values) : LayerOutput(Values);
