using Pipelines.Stages.Models.Recurrent;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>
/// Bahdanau's decoder: with each character the LSTM reads the mean of the encoder's outputs, weighed by how well they go with the state
/// before it.
/// </summary>
internal sealed class BahdanauCell(ParameterSet parameters, Lstm lstm, int threads) : DecoderCell(lstm, threads)
{
    /// <summary>What the mean adds to the LSTM's gates.</summary>
    private readonly Parameter _context = parameters.Add(
        "decoder.context_kernel", random => Initializers.GlorotUniform(random, lstm.Units, 4 * lstm.Units), [lstm.Units, 4 * lstm.Units],
        isKernel: true);

    public override AttentionScore Score { get; } = new AdditiveScore(parameters, lstm.Units);

    public override (Tensor Features, DecoderState State) Step(Tensor projected, int[] characters, DecoderState state)
    {
        var weights = Score.Weights(state.Outputs.unsqueeze(1), state.Texts!);
        var context = weights.bmm(state.Texts!.Values).squeeze(1);
        var run = One(projected, characters);
        var inputs = Rows.Gather(projected, run.Index!).Plus(context.mm(_context.Value));
        var next = Run(inputs, run with { Index = null }, state);
        return (next.LastOutputs, new(next.LastOutputs, next.LastCells, state.Texts, weights.squeeze(1)));
    }

    /// <summary>What a step reads depends on the step before, so they cannot be run at once.</summary>
    public override Tensor Features(Tensor projected, PackedSequence codes, RowIndex characters, DecoderState start) =>
        codes.Steps == 0 ? start.Outputs.narrow(0, 0, 0)
            : cat([.. Steps(projected, codes, characters, start).Select(step => step.Features)], 0);
}
