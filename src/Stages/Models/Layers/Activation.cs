using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Layers;

public enum Activation
{
    Linear,
    Relu,
    Tanh,
    Sigmoid,
    Softmax,
}

internal static class Activations
{
    public static Tensor Apply(this Activation activation, Tensor values) => activation switch
    {
        Activation.Linear => values,
        Activation.Relu => values.relu(),
        Activation.Tanh => values.tanh(),
        Activation.Sigmoid => values.sigmoid(),
        Activation.Softmax => values.softmax(-1),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };
}
