using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Running means of the gradient and of its square.</summary>
public abstract class MomentState : OptimizerState, IDisposable
{
    public long step;
    public Tensor exp_avg = null!;
    public Tensor exp_avg_sq = null!;
    public Tensor? max_exp_avg_sq;

    protected MomentState(Parameter parameter)
        : base(parameter)
    {
    }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    public override void to(Device device)
    {
        exp_avg = exp_avg.to(device).DetachFromDisposeScope();
        exp_avg_sq = exp_avg_sq.to(device).DetachFromDisposeScope();
        max_exp_avg_sq = max_exp_avg_sq?.to(device).DetachFromDisposeScope();
    }

    public override void LoadStateDict(BinaryReader reader)
    {
        step = reader.ReadInt64();
        exp_avg.Load(reader);
        exp_avg_sq.Load(reader);
        LoadConditionalStateTensor(reader, ref max_exp_avg_sq, _parameter.device);
    }

    public override void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(step);
        exp_avg.Save(writer);
        exp_avg_sq.Save(writer);
        SaveConditionalStateTensor(writer, max_exp_avg_sq);
    }

    public override void LoadStateDict(OptimizerState source)
    {
        var other = (MomentState)source;
        Release();
        step = other.step;
        exp_avg = Copy(other.exp_avg);
        exp_avg_sq = Copy(other.exp_avg_sq);
        max_exp_avg_sq = other.max_exp_avg_sq is { } largest ? Copy(largest) : null;
    }

    public override bool ApproximatelyEquals(OptimizerState other) =>
        other is MomentState state && step == state.step && exp_avg.allclose(state.exp_avg) && exp_avg_sq.allclose(state.exp_avg_sq)
        && (max_exp_avg_sq is null || (state.max_exp_avg_sq is { } largest && max_exp_avg_sq.allclose(largest)));

    public override void Initialize(OptimizerOptions options)
    {
        Release();
        step = 0;
        exp_avg = Zeros();
        exp_avg_sq = Zeros();
        max_exp_avg_sq = ((MomentOptions)options).amsgrad == true ? Zeros() : null;
    }

    /// <summary>Takes the gradient in and moves the parameter.</summary>
    internal void Update(Parameter parameter, Tensor gradient, MomentOptions options)
    {
        var (beta1, beta2) = (options.beta1!.Value, options.beta2!.Value);
        step++;
        exp_avg.mul_(beta1).add_(gradient, alpha: 1 - beta1);
        exp_avg_sq.mul_(beta2).addcmul_(gradient, gradient, value: 1 - beta2);
        if (max_exp_avg_sq is { } largest)
        {
            using (largest) max_exp_avg_sq = maximum(largest, exp_avg_sq).DetachFromDisposeScope();
        }
        var root = (max_exp_avg_sq ?? exp_avg_sq).sqrt();
        var denominator = root.div_(Math.Sqrt(1 - Math.Pow(beta2, step))).add_(options.eps!.Value);
        parameter.addcdiv_(exp_avg, denominator, value: -options.LearningRate!.Value / (1 - Math.Pow(beta1, step)));
    }

    internal override void Release()
    {
        exp_avg?.Dispose();
        exp_avg_sq?.Dispose();
        max_exp_avg_sq?.Dispose();
    }
}
