using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>A convolution over the steps of each text, as one product of all windows with the kernel (window x inputs, filters).</summary>
internal sealed class ConvolutionLayer : NetworkLayer
{
    private readonly Layer.Conv1d _settings;
    private readonly Parameter _kernel;
    private readonly Parameter _bias;

    public ConvolutionLayer(ParameterSet parameters, string name, int inputs, Layer.Conv1d settings)
    {
        _settings = settings;
        var (window, filters) = (settings.Kernel, settings.Filters);
        _kernel = parameters.Add(
            $"{name}.kernel", random => Initializers.GlorotUniform(random, window * inputs, window * filters, window * inputs * filters),
            [window * inputs, filters], isKernel: true);
        _bias = parameters.Add($"{name}.bias", _ => new float[filters], [filters]);
    }

    public override LayerOutput Apply(LayerOutput input, DropoutMasks masks)
    {
        var steps = ((SequenceOutput)input).Spread();
        var layout = OutputLayout(steps.Layout);
        var windows = Rows.GatherOrZero(steps.Values, Windows(steps.Layout, layout)).reshape(layout.Positions, _kernel.Value.shape[0]);
        return new SequenceOutput(Activate(_bias.Value.addmm(windows, _kernel.Value), _settings.Activation), layout);
    }

    private PackedSequence OutputLayout(PackedSequence input) => _settings.Padding == ConvolutionPadding.Same
        ? input
        : PackedSequence.Of([.. input.Lengths.Select(length => length == 0 ? 0 : Math.Max(1, length - _settings.Kernel + 1))]);

    /// <summary>For each output position, the input positions of its window; the position after the last where the window leaves the text.</summary>
    private int[] Windows(PackedSequence input, PackedSequence output)
    {
        var left = _settings.Padding == ConvolutionPadding.Same ? (_settings.Kernel - 1) / 2 : 0;
        var positions = new int[output.Positions * _settings.Kernel];
        var next = 0;
        for (var t = 0; t < output.Steps; t++)
            for (var i = 0; i < output.BatchSizes[t]; i++)
                for (var k = t - left; k < t - left + _settings.Kernel; k++)
                    positions[next++] = k >= 0 && k < input.Lengths[i] ? input.Offsets[k] + i : input.Positions;
        return positions;
    }
}
