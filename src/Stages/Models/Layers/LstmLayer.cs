using Pipelines.Stages.Models.Recurrent;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>An LSTM in one or both directions; both give their outputs side by side.</summary>
internal sealed class LstmLayer : NetworkLayer
{
    private readonly Layer.Lstm _settings;
    private readonly Lstm _forward;
    private readonly Lstm? _backward;
    private readonly bool _keepSteps;
    private readonly int _threads;

    public LstmLayer(ParameterSet parameters, string name, int inputs, Layer.Lstm settings, bool keepSteps, int threads)
    {
        (_settings, _keepSteps, _threads) = (settings, keepSteps, threads);
        _forward = new(parameters, settings.Bidirectional ? $"{name}.forward" : name, inputs, settings.Units);
        _backward = settings.Bidirectional ? new(parameters, $"{name}.backward", inputs, settings.Units) : null;
    }

    public override LayerOutput Apply(LayerOutput input, DropoutMasks masks)
    {
        var steps = (SequenceOutput)input;
        var forward = Run(_forward, steps, reverse: false, masks);
        if (_backward is null)
            return _keepSteps ? new SequenceOutput(forward.Outputs!, steps.Layout) : new PooledOutput(forward.LastOutputs);
        var backward = Run(_backward, steps, reverse: true, masks);
        return _keepSteps
            ? new SequenceOutput(cat([forward.Outputs!, backward.Outputs!], 1), steps.Layout)
            : new PooledOutput(cat([forward.LastOutputs, backward.LastOutputs], 1));
    }

    private LstmResult Run(Lstm lstm, SequenceOutput steps, bool reverse, DropoutMasks masks)
    {
        var mask = masks.Drop(_settings.RecurrentDropout)
            ? masks.Mask(steps.Layout.Sequences, _settings.Units, _settings.RecurrentDropout)
            : null;
        var inputs = masks.Drop(_settings.InputDropout) ? Masked(steps, masks) : steps;
        return lstm.Run(lstm.Project(inputs.Values), new(steps.Layout, inputs.Index, reverse, _keepSteps, mask, _threads));
    }

    private SequenceOutput Masked(SequenceOutput steps, DropoutMasks masks)
    {
        var spread = steps.Spread();
        var mask = masks.Mask(steps.Layout.Sequences, spread.Values.shape[1], _settings.InputDropout);
        var maskOfPosition = mask.index_select(0, Indices.Of(steps.Layout.SequenceOfPositions(), mask.device));
        return spread with { Values = spread.Values * maskOfPosition };
    }
}
