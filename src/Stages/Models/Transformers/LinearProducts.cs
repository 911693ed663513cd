using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>In what numbers linear layers multiply while training.</summary>
public enum Precision
{
    Float32,

    /// <summary>
    /// 16 bits with the range of 32, for processors that have instructions for it. Weights and what is added up stay 32 bits wide.
    /// </summary>
    Bfloat16,
}

/// <summary>How the linear layers of an encoder multiply.</summary>
internal sealed class LinearProducts
{
    public Precision Precision { get; set; }

    public Tensor Of(TorchSharp.Modules.Linear layer, Tensor inputs) => Precision switch
    {
        Precision.Float32 => layer.call(inputs),
        Precision.Bfloat16 => nn.functional.linear(Narrow(inputs), Narrow(layer.weight!), Narrow(layer.bias!)).to(ScalarType.Float32),
        _ => throw new ArgumentOutOfRangeException(nameof(inputs), Precision, "There is no such precision."),
    };

    private static Tensor Narrow(Tensor values) => values.to(ScalarType.BFloat16);
}
