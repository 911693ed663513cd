using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>One built layer.</summary>
internal abstract class NetworkLayer
{
    /// <param name="masks">Null outside training.</param>
    public abstract Flow Apply(Flow input, DropoutMasks? masks);

    protected static Tensor Activate(Tensor values, Activation activation) => activation switch
    {
        Activation.Relu => values.relu(),
        Activation.Tanh => values.tanh(),
        Activation.Sigmoid => values.sigmoid(),
        Activation.Softmax => values.softmax(-1),
        _ => values,
    };
}

internal sealed class DropoutLayer(double rate) : NetworkLayer
{
    public override Flow Apply(Flow input, DropoutMasks? masks)
    {
        if (masks is null || rate == 0)
            return input;
        if (input is Features features)
            return new Features(masks.Apply(features.Values, rate));
        // Every occurrence of a word gets a mask of its own.
        var steps = ((Steps)input).Spread();
        return steps with { Values = masks.Apply(steps.Values, rate) };
    }
}

internal sealed class DenseLayer(Dense dense, Activation activation) : NetworkLayer
{
    public override Flow Apply(Flow input, DropoutMasks? masks) => new Features(Activate(dense.Apply(((Features)input).Values), activation));
}

/// <summary>One score that is the log-odds of the second class, as the scores of two classes.</summary>
internal sealed class BinaryOutput(Dense dense) : NetworkLayer
{
    public override Flow Apply(Flow input, DropoutMasks? masks)
    {
        var odds = dense.Apply(((Features)input).Values);
        return new Features(cat([zeros_like(odds), odds], 1));
    }
}
