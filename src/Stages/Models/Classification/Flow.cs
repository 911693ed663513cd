using Pipelines.Stages.Models.Recurrent;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Classification;

/// <summary>What goes from layer to layer.</summary>
internal abstract record Flow;

/// <summary>Values of every step of every text.</summary>
/// <param name="Values">One row a place of the layout, or fewer rows that <paramref name="Index"/> spreads over the places.</param>
/// <param name="Line">The values are changes along these lines, and the places their points; excludes an index.</param>
internal sealed record Steps(Tensor Values, PackedLayout Layout, RowIndex? Index = null, StraightLine? Line = null) : Flow
{
    /// <summary>One row a place.</summary>
    public Steps Spread() => Line is not null ? new(Line.Spread(Values), Layout)
        : Index is not null ? new(Rows.Gather(Values, Index), Layout)
        : this;
}

/// <summary>One row of values a text (texts x size).</summary>
internal sealed record Features(Tensor Values) : Flow;
