namespace Pipelines.Stages.Training.Optimization;

/// <summary>How weights follow their gradient. Defaults and rules are those of Keras.</summary>
/// <param name="LearningRate">Size of a step, before the schedule.</param>
public abstract record OptimizerParams(double LearningRate)
{
    /// <summary>Adam, with ε outside the bias correction.</summary>
    /// <param name="Beta1">Share of the momentum that each step keeps.</param>
    /// <param name="Beta2">Share of the mean square that each step keeps.</param>
    /// <param name="Epsilon">Keeps the division by a small mean square in bounds.</param>
    public sealed record Adam(double LearningRate = 1e-3, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-7)
        : OptimizerParams(LearningRate);

    /// <summary>Adam with weight decay apart from the gradient.</summary>
    /// <param name="WeightDecay">Share by which matrices shrink in a step, times the learning rate; biases do not.</param>
    public sealed record Adamw(
        double LearningRate = 1e-3, double WeightDecay = 0.004, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-7)
        : OptimizerParams(LearningRate);

    /// <summary>Gradient descent.</summary>
    /// <param name="Momentum">Share of the last step that is added to each step.</param>
    /// <param name="Nesterov">Looks ahead by the momentum.</param>
    public sealed record Sgd(double LearningRate = 0.01, double Momentum = 0, bool Nesterov = false) : OptimizerParams(LearningRate);

    /// <param name="Rho">Share of the mean square that each step keeps.</param>
    /// <param name="Epsilon">Keeps the division by a small mean square in bounds.</param>
    public sealed record Rmsprop(double LearningRate = 1e-3, double Rho = 0.9, double Epsilon = 1e-7) : OptimizerParams(LearningRate);
}
