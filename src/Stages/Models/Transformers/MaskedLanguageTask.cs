using Pipelines.Stages.Contracts;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>Texts whose tokens are masked when the batch is used.</summary>
/// <param name="Rows">Their numbers in the split.</param>
internal sealed record LanguageBatch(IReadOnlyList<int[]> Texts, int[] Rows);

/// <summary>Learns to guess masked tokens; training masks others in every step, validation the same ones always.</summary>
internal sealed class MaskedLanguageTask(
    MaskedLanguageModel model, TrainingSplits data, TokenMasking masking, ulong seed, double labelSmoothing) : TrainingTask<LanguageBatch>
{
    // Tells the masks of validation, which are named by rows, from those of training, which are named by steps.
    private const ulong OfValidation = 1;

    public override ParameterSet Parameters => model.Encoder.Parameters;

    public override string AccuracyName => "masked_accuracy";

    public override RowSet<LanguageBatch> Training { get; } = Rows(data.Training);

    public override RowSet<LanguageBatch>? Validation { get; } = data.Validation is null ? null : Rows(data.Validation);

    public override BatchResult Forward(LanguageBatch batch, DropoutMasks masks)
    {
        var masked = masking.Of(batch.Texts, RandomOf(batch, masks));
        var scores = model.Scores(masked, masks);
        // Texts without a token ask for nothing, and nothing is learnt from them.
        if (masked.Answers.Length == 0)
            return new(scores.sum(), scores.sum(), 0, []);
        var answers = Indices.Of(masked.Answers, scores.device);
        var loss = nn.functional.cross_entropy(scores, answers, label_smoothing: masks.Training ? labelSmoothing : 0);
        return new(loss, scores.detach().argmax(1).eq(answers).sum(), masked.Answers.Length, []);
    }

    private Func<int, SeededRandom> RandomOf(LanguageBatch batch, DropoutMasks masks)
    {
        if (!masks.Training)
            return row => new(seed, RandomStreams.MaskedTokens, (ulong)batch.Rows[row], OfValidation);
        var ofStep = masks.Stream(RandomStreams.MaskedTokens);
        return _ => ofStep;
    }

    private static RowSet<LanguageBatch> Rows(EncodedSplit split) => new(
        split.Texts.Count, split.Texts.Length, rows => new([.. rows.Select(row => split.Texts[row].ToArray())], rows));
}
