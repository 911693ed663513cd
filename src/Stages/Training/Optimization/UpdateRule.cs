using static TorchSharp.torch;

namespace Pipelines.Stages.Training.Optimization;

/// <summary>One step of an optimizer for one tensor (or some rows of it), in place.</summary>
internal abstract class UpdateRule
{
    /// <summary>What is remembered of each weight between steps, by name.</summary>
    public abstract IReadOnlyList<string> Slots { get; }

    /// <param name="step">1 for the first.</param>
    public abstract void Apply(Tensor value, Tensor gradient, IReadOnlyList<Tensor> slots, long step);

    public static UpdateRule Of(OptimizerSettings settings) => settings.Kind switch
    {
        OptimizerKind.Adam => new Adam(settings.LearningRate, weightDecay: 0),
        OptimizerKind.Adamw => new Adam(settings.LearningRate, settings.WeightDecay),
        OptimizerKind.Sgd => new GradientDescent(settings.LearningRate),
        OptimizerKind.Rmsprop => new RmsProp(settings.LearningRate),
        _ => throw new ArgumentOutOfRangeException(nameof(settings)),
    };
}

internal sealed class Adam(double learningRate, double weightDecay) : UpdateRule
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-7;

    public override IReadOnlyList<string> Slots { get; } = ["momentum", "velocity"];

    public override void Apply(Tensor value, Tensor gradient, IReadOnlyList<Tensor> slots, long step)
    {
        var rate = learningRate * Math.Sqrt(1 - Math.Pow(Beta2, step)) / (1 - Math.Pow(Beta1, step));
        if (weightDecay != 0)
            value.mul_(1 - (learningRate * weightDecay));
        slots[0].mul_(Beta1).add_(gradient, alpha: 1 - Beta1);
        slots[1].mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
        using var deviation = slots[1].sqrt().add_(Epsilon);
        value.addcdiv_(slots[0], deviation, -rate);
    }
}

internal sealed class RmsProp(double learningRate) : UpdateRule
{
    private const double Rho = 0.9;
    private const double Epsilon = 1e-7;

    public override IReadOnlyList<string> Slots { get; } = ["velocity"];

    public override void Apply(Tensor value, Tensor gradient, IReadOnlyList<Tensor> slots, long step)
    {
        slots[0].mul_(Rho).addcmul_(gradient, gradient, 1 - Rho);
        using var deviation = slots[0].add(Epsilon).sqrt_();
        value.addcdiv_(gradient, deviation, -learningRate);
    }
}

internal sealed class GradientDescent(double learningRate) : UpdateRule
{
    public override IReadOnlyList<string> Slots { get; } = [];

    public override void Apply(Tensor value, Tensor gradient, IReadOnlyList<Tensor> slots, long step) =>
        value.add_(gradient, alpha: -learningRate);
}
