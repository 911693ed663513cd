using Pipelines.Stages.Text;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Layers;

public abstract partial record Layer
{
    /// <summary>
    /// Ends the mask: from here on padding is read as steps, as Keras does after a masked lstm where the next layer knows no mask. A step
    /// of padding has the output before it, or zeros where there is none; in both directions side by side it has zeros.
    /// </summary>
    public sealed record Unmask : Layer
    {
        internal override bool? ReadsSteps => true;

        internal override LayerShape ShapeAt(LayerSite site) => site switch
        {
            { Before: not RecurrentLayer } => throw site.Wrong(
                "Only an lstm or a gru has outputs where its input was padding.",
                "Put it after one; to have padding read as words from the start write `masking: false`."),
            { Data.AreKnown: true, Data.Length: null } => throw site.Wrong(
                "unmask needs texts that are padded to one length.", "Put a pad stage before this one, or leave unmask out."),
            _ => site.Input with { Steps = site.Data.Length },
        };

        internal override LayerFunction Build(LayerSite site, LayerWeights weights)
        {
            var (width, side) = (site.Data.Length!.Value, site.Data.Side);
            var repeats = side == PaddingSide.Post && site.Before is RecurrentLayer { Bidirectional: false };
            return (input, _) =>
            {
                var steps = ((SequenceOutput)input).Spread();
                var padded = PaddedPositions.Of(steps.Layout, width, side, (layout, i) =>
                    repeats && layout.Lengths[i] is > 0 and var length ? layout.Offsets[length - 1] + i : layout.Positions);
                var all = PackedSequence.Of([.. Enumerable.Repeat(width, steps.Layout.Sequences)]);
                return new SequenceOutput(Rows.GatherOrZero(steps.Values, ByStep(padded, steps.Layout.Sequences, width)), all);
            };
        }

        private static int[] ByStep(int[] byText, int texts, int width)
        {
            var positions = new int[byText.Length];
            for (var t = 0; t < width; t++)
                for (var i = 0; i < texts; i++)
                    positions[(t * texts) + i] = byText[(i * width) + t];
            return positions;
        }
    }
}
