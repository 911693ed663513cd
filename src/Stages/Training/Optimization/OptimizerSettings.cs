namespace Pipelines.Stages.Training.Optimization;

/// <summary>How weights follow their gradient.</summary>
public enum OptimizerKind
{
    /// <summary>Keras' Adam: β 0.9 and 0.999, ε 1e-7 outside the bias correction.</summary>
    Adam,

    /// <summary>Adam with weight decay apart from the gradient.</summary>
    Adamw,

    /// <summary>Plain gradient descent.</summary>
    Sgd,

    /// <summary>Keras' RMSprop: ρ 0.9, ε 1e-7.</summary>
    Rmsprop,
}

/// <param name="ClipNorm">Longest allowed gradient of all weights together; null: not limited.</param>
/// <param name="L1">Weight of the sum of absolute kernel values in what is minimized.</param>
/// <param name="L2">Weight of the sum of squared kernel values in what is minimized.</param>
internal sealed record OptimizerSettings(
    OptimizerKind Kind, double LearningRate, double WeightDecay = 0, double? ClipNorm = null, double L1 = 0, double L2 = 0);
