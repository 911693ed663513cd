using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Recurrent;

/// <summary>
/// Gated recurrent unit with the weights of Keras (<c>reset_after</c>, as cuDNN computes it): kernel (inputs x 3 units), recurrent kernel
/// (units x 3 units), biases of both (2 x 3 units), gates in the order z, r, h; Glorot uniform, orthogonal, and zero.
/// </summary>
/// <remarks>
/// z and r are sigmoids of input + state, the candidate is tanh(input + r · state), the output z · before + (1 - z) · candidate. Recurrent
/// dropout acts on the state in the products, not on the one that z keeps. Written with torch's own operations, step by step.
/// </remarks>
internal sealed class Gru : IRecurrentCell
{
    private readonly int _units;
    private readonly Parameter _kernel;
    private readonly Parameter _recurrent;
    private readonly Parameter _bias;

    public Gru(ParameterSet parameters, string name, int inputs, int units)
    {
        _units = units;
        var gates = 3 * units;
        _kernel =
            parameters.Add($"{name}.kernel", random => Initializers.GlorotUniform(random, inputs, gates), [inputs, gates], isKernel: true);
        _recurrent = parameters.Add(
            $"{name}.recurrent_kernel", random => Initializers.Orthogonal(random, units, gates), [units, gates], isKernel: true);
        _bias = parameters.Add($"{name}.bias", _ => new float[2 * gates], [2, gates]);
    }

    public Tensor Project(Tensor inputs) => _bias.Value[0].addmm(inputs, _kernel.Value);

    public (Tensor LastOutputs, Tensor? Outputs) Run(Tensor projected, RecurrentRun run)
    {
        var inputs = run.Index is null ? projected : Rows.Gather(projected, run.Index);
        var output = zeros(run.Layout.Sequences, _units, dtype: projected.dtype, device: projected.device);
        var kept = new Tensor[run.Layout.Steps];
        var t = run.Reverse ? run.Layout.Steps - 1 : 0;
        foreach (var step in run.Steps())
        {
            var before = output.narrow(0, 0, step.BatchSize);
            var entering = run.RecurrentMask is { } mask ? before * mask.narrow(0, 0, step.BatchSize) : before;
            kept[t] = Step(inputs.narrow(0, step.Offset, step.BatchSize), _bias.Value[1].addmm(entering, _recurrent.Value), before);
            var ended = output.narrow(0, step.BatchSize, run.Layout.Sequences - step.BatchSize);
            output = ended.shape[0] == 0 ? kept[t] : cat([kept[t], ended], 0);
            t += run.Reverse ? -1 : 1;
        }
        return (output, !run.KeepSteps ? null : kept.Length == 0 ? output.narrow(0, 0, 0) : cat(kept, 0));
    }

    private Tensor Step(Tensor input, Tensor state, Tensor before)
    {
        var gates = input.narrow(1, 0, 2 * _units).Plus(state.narrow(1, 0, 2 * _units)).sigmoid();
        var (z, r) = (gates.narrow(1, 0, _units), gates.narrow(1, _units, _units));
        var candidate = input.narrow(1, 2 * _units, _units).Plus(r * state.narrow(1, 2 * _units, _units)).tanh();
        return candidate.Plus(z * (before - candidate));
    }
}
