namespace TorchSharp.Modules;

/// <summary>The options that Adam and AdamW share.</summary>
public abstract class MomentOptions : OptimizerOptions
{
    public double? beta1;
    public double? beta2;
    public double? weight_decay;
    public double? eps;
    public bool? amsgrad;
    public bool? maximize;

    public override void LoadStateDict(OptimizerOptions source)
    {
        base.LoadStateDict(source);
        var other = (MomentOptions)source;
        (beta1, beta2, weight_decay) = (other.beta1, other.beta2, other.weight_decay);
        (eps, amsgrad, maximize) = (other.eps, other.amsgrad, other.maximize);
    }

    public override void LoadStateDict(BinaryReader reader)
    {
        base.LoadStateDict(reader);
        beta1 = reader.ReadDouble();
        beta2 = reader.ReadDouble();
        eps = reader.ReadDouble();
        weight_decay = reader.ReadDouble();
        amsgrad = reader.ReadBoolean();
        maximize = reader.ReadBoolean();
    }

    public override void SaveStateDict(BinaryWriter writer)
    {
        base.SaveStateDict(writer);
        writer.Write(beta1!.Value);
        writer.Write(beta2!.Value);
        writer.Write(eps!.Value);
        writer.Write(weight_decay!.Value);
        writer.Write(amsgrad!.Value);
        writer.Write(maximize!.Value);
    }

    internal override void Complete(OptimizerOptions defaults)
    {
        base.Complete(defaults);
        var other = (MomentOptions)defaults;
        beta1 ??= other.beta1;
        beta2 ??= other.beta2;
        weight_decay ??= other.weight_decay;
        eps ??= other.eps;
        amsgrad ??= other.amsgrad;
        maximize ??= other.maximize;
    }

    private protected void Set(
        double lr, double beta1, double beta2, double eps, double weightDecay, bool amsgrad, bool maximize)
    {
        LearningRate = lr;
        InitialLearningRate = lr;
        (this.beta1, this.beta2, this.eps) = (beta1, beta2, eps);
        (weight_decay, this.amsgrad, this.maximize) = (weightDecay, amsgrad, maximize);
    }
}
