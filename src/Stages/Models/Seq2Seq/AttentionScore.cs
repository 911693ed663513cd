using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>How well each step of a text goes with a state of the decoder.</summary>
internal abstract class AttentionScore
{
    /// <summary>What states are compared with (positions x size), computed once for all characters.</summary>
    /// <param name="outputs">The encoder's (positions x units).</param>
    public abstract Tensor Keys(Tensor outputs);

    /// <summary>How much each step matters to each state (texts x states x steps): not negative, 1 in all, 0 for padding.</summary>
    /// <param name="states">Texts x states x units.</param>
    public Tensor Weights(Tensor states, AttendedTexts texts) =>
        Of(states, texts.Keys).Plus(texts.Absences.unsqueeze(1)).softmax(2);

    /// <param name="keys">Texts x steps x size.</param>
    private protected abstract Tensor Of(Tensor states, Tensor keys);
}

/// <summary>Bahdanau's: <c>tanh(state · query kernel + output · key kernel) · score kernel</c>.</summary>
internal sealed class AdditiveScore(ParameterSet parameters, int units) : AttentionScore
{
    private readonly Parameter _query = Square(parameters, "attention.query_kernel", units);
    private readonly Parameter _key = Square(parameters, "attention.key_kernel", units);
    private readonly Parameter _score = parameters.Add(
        "attention.score_kernel", random => Initializers.GlorotUniform(random, units, 1), [units, 1], isKernel: true);

    public override Tensor Keys(Tensor outputs) => outputs.mm(_key.Value);

    private protected override Tensor Of(Tensor states, Tensor keys)
    {
        var (texts, count, units) = (states.shape[0], states.shape[1], states.shape[2]);
        var queries = states.reshape(texts * count, units).mm(_query.Value).reshape(texts, count, 1, units);
        var compared = queries.Plus(keys.unsqueeze(1)).tanh();
        return compared.reshape(texts * count * keys.shape[1], units).mm(_score.Value).reshape(texts, count, keys.shape[1]);
    }

    internal static Parameter Square(ParameterSet parameters, string name, int units) =>
        parameters.Add(name, random => Initializers.GlorotUniform(random, units, units), [units, units], isKernel: true);
}

/// <summary>Luong's: the product of the state and the output, or of the state and <c>output · key kernel</c>.</summary>
/// <param name="general">Whether there is a kernel.</param>
internal sealed class MultiplicativeScore(ParameterSet parameters, int units, bool general) : AttentionScore
{
    private readonly Parameter? _key = general ? AdditiveScore.Square(parameters, "attention.key_kernel", units) : null;

    public override Tensor Keys(Tensor outputs) => _key is null ? outputs : outputs.mm(_key.Value);

    private protected override Tensor Of(Tensor states, Tensor keys) => states.bmm(keys.transpose(1, 2));
}
