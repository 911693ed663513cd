using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Classification;

/// <summary>One built layer.</summary>
internal abstract class NetworkLayer
{
    /// <param name="noise">Null outside training.</param>
    public abstract Flow Apply(Flow input, DropoutNoise? noise);

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
    public override Flow Apply(Flow input, DropoutNoise? noise)
    {
        if (noise is null || rate == 0)
            return input;
        if (input is Features features)
            return new Features(noise.Apply(features.Values, rate));
        // Every occurrence of a word gets a mask of its own.
        var steps = ((Steps)input).Spread();
        return steps with { Values = noise.Apply(steps.Values, rate) };
    }
}

internal sealed class DenseLayer(Dense dense, Activation activation) : NetworkLayer
{
    public override Flow Apply(Flow input, DropoutNoise? noise) => new Features(Activate(dense.Apply(((Features)input).Values), activation));
}

/// <summary>One score that is the log-odds of the second class, as the scores of two classes.</summary>
internal sealed class BinaryOutput(Dense dense) : NetworkLayer
{
    public override Flow Apply(Flow input, DropoutNoise? noise)
    {
        var odds = dense.Apply(((Features)input).Values);
        return new Features(cat([zeros_like(odds), odds], 1));
    }
}
