using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models;

/// <summary>Inputs times kernel (inputs x outputs, Glorot uniform) plus bias (zero).</summary>
internal sealed class Dense
{
    private readonly Parameter _kernel;
    private readonly Parameter _bias;

    public Dense(ParameterSet parameters, string name, int inputs, int outputs)
    {
        _kernel =
            parameters.Add($"{name}.kernel", random => Initializers.GlorotUniform(random, inputs, outputs), [inputs, outputs],
                isKernel: true);
        _bias = parameters.Add($"{name}.bias", _ => new float[outputs], [outputs]);
    }

    public Tensor Apply(Tensor inputs) => _bias.Value.addmm(inputs, _kernel.Value);
}
