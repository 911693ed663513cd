using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>One built layer.</summary>
internal abstract class NetworkLayer
{
    public abstract LayerOutput Apply(LayerOutput input, DropoutMasks masks);

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
    public override LayerOutput Apply(LayerOutput input, DropoutMasks masks)
    {
        if (!masks.Drop(rate))
            return input;
        if (input is PooledOutput features)
            return new PooledOutput(masks.Apply(features.Values, rate));
        // Every occurrence of a word gets a mask of its own.
        var steps = ((SequenceOutput)input).Spread();
        return steps with { Values = masks.Apply(steps.Values, rate) };
    }
}

internal sealed class DenseLayer(Dense dense, Activation activation) : NetworkLayer
{
    public override LayerOutput Apply(LayerOutput input, DropoutMasks masks) => new PooledOutput(Activate(dense.Apply(((PooledOutput)input).Values), activation));
}

/// <summary>One score that is the log-odds of the second class, as the scores of two classes.</summary>
internal sealed class BinaryOutput(Dense dense) : NetworkLayer
{
    public override LayerOutput Apply(LayerOutput input, DropoutMasks masks)
    {
        var odds = dense.Apply(((PooledOutput)input).Values);
        return new PooledOutput(cat([zeros_like(odds), odds], 1));
    }
}
