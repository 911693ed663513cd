using Pipelines.Stages.Models.Recurrent;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Classification;

/// <summary>What goes from layer to layer.</summary>
internal abstract record Flow;

/// <summary>Values of every step of every text.</summary>
/// <param name="Values">One row a place of the layout, or fewer rows that <paramref name="Index"/> spreads over the places.</param>
internal sealed record Steps(Tensor Values, PackedLayout Layout, RowIndex? Index = null) : Flow
{
    /// <summary>One row a place.</summary>
    public Steps Spread() => Index is null ? this : new(Rows.Gather(Values, Index), Layout);
}

/// <summary>One row of values a text (texts x size).</summary>
internal sealed record Features(Tensor Values) : Flow;
