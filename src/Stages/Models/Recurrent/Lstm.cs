using Pipelines.Stages.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Recurrent;

/// <summary>Last output and cell of each sequence, and the outputs of every step (positions x units) when they were kept.</summary>
internal readonly record struct LstmResult(Tensor LastOutputs, Tensor LastCells, Tensor? Outputs);

/// <summary>
/// Long short-term memory with Keras' weights: kernel (inputs x 4 units), recurrent kernel (units x 4 units) and one bias, gates in the
/// order i, f, g, o; Glorot uniform, orthogonal, and zero with 1 for the forget gate.
/// </summary>
internal sealed class Lstm : IRecurrentCell
{
    private readonly Parameter _kernel;
    private readonly Parameter _recurrent;
    private readonly Parameter _bias;

    public Lstm(ParameterSet parameters, string name, int inputs, int units)
    {
        Units = units;
        var gates = 4 * units;
        _kernel =
            parameters.Add($"{name}.kernel", random => Initializers.GlorotUniform(random, inputs, gates), [inputs, gates], isKernel: true);
        _recurrent = parameters.Add(
            $"{name}.recurrent_kernel", random => Initializers.Orthogonal(random, units, gates), [units, gates], isKernel: true);
        _bias = parameters.Add($"{name}.bias", _ => ForgetBias(units), [gates]);
    }

    public int Units { get; }

    public Tensor Project(Tensor inputs) => _bias.Value.addmm(inputs, _kernel.Value);

    (Tensor LastOutputs, Tensor? Outputs) IRecurrentCell.Run(Tensor projected, RecurrentRun run)
    {
        var result = Run(projected, run);
        return (result.LastOutputs, result.Outputs);
    }

    /// <param name="projected">From <c>Project</c>, one row a position or as <see cref="RecurrentRun"/> says.</param>
    public LstmResult Run(Tensor projected, RecurrentRun run, Tensor? initialOutputs = null, Tensor? initialCells = null)
    {
        if (projected.device_type != DeviceType.CPU || projected.dtype != ScalarType.Float32)
            return LstmSteps.Walk(projected, _recurrent.Value, initialOutputs, initialCells, run);
        // The function reads memory in place.
        var results = LstmFunction.apply(
            projected.contiguous(), _recurrent.Value, initialOutputs?.contiguous()!, initialCells?.contiguous()!, run);
        return new(results[0], results[1], results.Count > 2 ? results[2] : null);
    }

    private static float[] ForgetBias(int units)
    {
        var bias = new float[4 * units];
        bias.AsSpan(units, units).Fill(1);
        return bias;
    }
}
