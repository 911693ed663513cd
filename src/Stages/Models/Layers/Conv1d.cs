using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>What a convolution does at the ends of a text.</summary>
public enum ConvolutionPadding
{
    /// <summary>Only whole windows count; a shorter text makes one window.</summary>
    Valid,

    /// <summary>As many outputs as inputs, with zeros beyond the ends.</summary>
    Same,
}

public abstract partial record Layer
{
    /// <summary>Looks at windows of neighbouring steps, as one product of all windows with the kernel (window x inputs, filters).</summary>
    public sealed record Conv1d(
        int Filters, int Kernel = 3, Activation Activation = Activation.Linear, ConvolutionPadding Padding = ConvolutionPadding.Valid)
        : Layer
    {
        internal override bool? ReadsSteps => true;

        internal override LayerShape ShapeAt(LayerSite site) => new(
            Filters, HasSteps: true, Padding == ConvolutionPadding.Same ? site.Input.Steps
                : site.Input.Steps is { } steps ? Math.Max(1, steps - Kernel + 1) : null);

        internal override WeightCount? WeightsAt(LayerSite site) =>
            site.Input.Size is { } inputs ? new(((long)Kernel * inputs * Filters) + Filters) : null;

        internal override LayerFunction Build(LayerSite site, LayerWeights weights)
        {
            var size = Kernel * site.Inputs;
            var kernel = weights.Parameters.Add(
                $"{site.Name}.kernel", random => Initializers.GlorotUniform(random, size, Kernel * Filters, size * Filters),
                [size, Filters], isKernel: true);
            var bias = weights.Parameters.Add($"{site.Name}.bias", _ => new float[Filters], [Filters]);
            return (input, _) =>
            {
                var steps = ((SequenceOutput)input).Spread();
                var layout = OutputLayout(steps.Layout);
                var windows = Rows.GatherOrZero(steps.Values, Windows(steps.Layout, layout)).reshape(layout.Positions, size);
                return new SequenceOutput(Activation.Apply(bias.Value.addmm(windows, kernel.Value)), layout);
            };
        }

        private PackedSequence OutputLayout(PackedSequence input) => Padding == ConvolutionPadding.Same
            ? input
            : PackedSequence.Of([.. input.Lengths.Select(length => length == 0 ? 0 : Math.Max(1, length - Kernel + 1))]);

        /// <summary>
        /// For each output position, the input positions of its window; the position after the last where the window leaves the text.
        /// </summary>
        private int[] Windows(PackedSequence input, PackedSequence output)
        {
            var left = Padding == ConvolutionPadding.Same ? (Kernel - 1) / 2 : 0;
            var positions = new int[output.Positions * Kernel];
            var next = 0;
            for (var t = 0; t < output.Steps; t++)
                for (var i = 0; i < output.BatchSizes[t]; i++)
                    for (var k = t - left; k < t - left + Kernel; k++)
                        positions[next++] = k >= 0 && k < input.Lengths[i] ? input.Offsets[k] + i : input.Positions;
            return positions;
        }
    }
}
