using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>What goes from layer to layer.</summary>
internal abstract record Flow;

/// <summary>Values of every step of every text.</summary>
/// <param name="Values">One row a place of the layout, or fewer rows that <paramref name="Index"/> spreads over the places.</param>
/// <param name="Line">The values are changes along these lines, and the places their points; excludes an index.</param>
internal sealed record Steps(Tensor Values, PackedSequence Layout, RowIndex? Index = null, InterpolationPath? Line = null) : Flow
{
    /// <summary>One row a place.</summary>
    public Steps Spread() => Line is not null ? new(Line.Spread(Values), Layout)
        : Index is not null ? new(Rows.Gather(Values, Index), Layout)
        : this;
}

/// <summary>One row of values a text (texts x size).</summary>
internal sealed record Features(Tensor Values) : Flow;
