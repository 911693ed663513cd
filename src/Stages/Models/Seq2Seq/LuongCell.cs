using Pipelines.Stages.Models.Recurrent;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>
/// Luong's decoder: the mean of the encoder's outputs, weighed by how well they go with the state after a character, and this state give
/// together <c>tanh([mean, state] · kernel)</c>.
/// </summary>
internal sealed class LuongCell(ParameterSet parameters, Lstm lstm, int threads, bool general) : DecoderCell(lstm, threads)
{
    private readonly Parameter _combined = parameters.Add(
        "attention.combined_kernel", random => Initializers.GlorotUniform(random, 2 * lstm.Units, lstm.Units),
        [2 * lstm.Units, lstm.Units], isKernel: true);

    public override AttentionScore Score { get; } = new MultiplicativeScore(parameters, lstm.Units, general);

    public override (Tensor Features, DecoderState State) Step(Tensor projected, int[] characters, DecoderState state)
    {
        var (outputs, next) = base.Step(projected, characters, state);
        var weights = Score.Weights(outputs.unsqueeze(1), state.Texts!);
        var context = weights.bmm(state.Texts!.Values).squeeze(1);
        return (Combined(context, outputs), next with { Weights = weights.squeeze(1) });
    }

    public override Tensor Features(Tensor projected, PackedSequence codes, RowIndex characters, DecoderState start)
    {
        var outputs = base.Features(projected, codes, characters, start);
        var (padded, units) = (new PaddedTexts(codes.Lengths), outputs.shape[1]);
        var positions = padded.PositionsIn(codes);
        var states = Rows.GatherOrZero(outputs, positions).reshape(codes.Sequences, padded.Steps, units);
        var contexts = Score.Weights(states, start.Texts!).bmm(start.Texts!.Values).reshape(-1, units);
        return Combined(Rows.Gather(contexts, RowIndex.Of(Places(positions, codes.Positions), positions.Length)), outputs);
    }

    private Tensor Combined(Tensor context, Tensor outputs) => cat([context, outputs], 1).mm(_combined.Value).tanh();

    /// <summary>Where each packed position stands among the padded ones.</summary>
    private static int[] Places(int[] positions, int count)
    {
        var places = new int[count];
        for (var place = 0; place < positions.Length; place++)
            if (positions[place] < count)
                places[positions[place]] = place;
        return places;
    }
}
