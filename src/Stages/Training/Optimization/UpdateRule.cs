using System.Diagnostics;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Training.Optimization;

/// <summary>One step of an optimizer for one tensor (or some rows of it), in place.</summary>
internal abstract class UpdateRule
{
    /// <summary>What is remembered of each weight between steps, by name.</summary>
    public abstract IReadOnlyList<string> Slots { get; }

    /// <param name="step">1 for the first.</param>
    /// <param name="rate">The learning rate of this step.</param>
    public abstract void Apply(Tensor value, Tensor gradient, IReadOnlyList<Tensor> slots, long step, double rate);

    public static UpdateRule Of(OptimizerParams parameters) => parameters switch
    {
        OptimizerParams.Adam adam => new Adam(adam.Beta1, adam.Beta2, adam.Epsilon, weightDecay: 0),
        OptimizerParams.Adamw adam => new Adam(adam.Beta1, adam.Beta2, adam.Epsilon, adam.WeightDecay),
        OptimizerParams.Sgd sgd => new GradientDescent(sgd.Momentum, sgd.Nesterov),
        OptimizerParams.Rmsprop rmsprop => new RmsProp(rmsprop.Rho, rmsprop.Epsilon),
        _ => throw new UnreachableException(parameters.ToString()),
    };
}

internal sealed class Adam(double beta1, double beta2, double epsilon, double weightDecay) : UpdateRule
{
    public override IReadOnlyList<string> Slots { get; } = ["momentum", "velocity"];

    public override void Apply(Tensor value, Tensor gradient, IReadOnlyList<Tensor> slots, long step, double rate)
    {
        var corrected = rate * Math.Sqrt(1 - Math.Pow(beta2, step)) / (1 - Math.Pow(beta1, step));
        if (weightDecay != 0 && value.dim() > 1)
            value.Multiply(1 - (rate * weightDecay));
        slots[0].Multiply(beta1).Add(gradient, 1 - beta1);
        slots[1].Multiply(beta2).AddProducts(gradient, gradient, 1 - beta2);
        using var deviation = slots[1].sqrt().Add(epsilon);
        value.AddQuotients(slots[0], deviation, -corrected);
    }
}

internal sealed class RmsProp(double rho, double epsilon) : UpdateRule
{
    public override IReadOnlyList<string> Slots { get; } = ["velocity"];

    public override void Apply(Tensor value, Tensor gradient, IReadOnlyList<Tensor> slots, long step, double rate)
    {
        slots[0].Multiply(rho).AddProducts(gradient, gradient, 1 - rho);
        using var deviation = slots[0].clone().Add(epsilon).sqrt_();
        value.AddQuotients(gradient, deviation, -rate);
    }
}

internal sealed class GradientDescent(double momentum, bool nesterov) : UpdateRule
{
    public override IReadOnlyList<string> Slots { get; } = momentum == 0 ? [] : ["momentum"];

    public override void Apply(Tensor value, Tensor gradient, IReadOnlyList<Tensor> slots, long step, double rate)
    {
        if (momentum == 0)
        {
            value.Add(gradient, -rate);
            return;
        }
        slots[0].Multiply(momentum).Add(gradient, -rate);
        if (nesterov)
            value.Add(slots[0], momentum).Add(gradient, -rate);
        else
            value.Add(slots[0]);
    }
}
