using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Explaining.Perturbation;

/// <summary>Explains texts one after the other by what a model makes of variants of them; any model will do.</summary>
internal abstract class PerturbationExplainer(Predictor predictor, ExplainerContext context) : IExplainer
{
    private readonly TextScorer _scorer = new(predictor, context.Threads);

    protected Predictor Predictor => predictor;

    protected ExplainerContext Context => context;

    public IReadOnlyList<Explanation> Explain(IReadOnlyList<LabelledInput> rows, Action<int> done, CancellationToken cancellation)
    {
        List<Explanation> explanations = [];
        foreach (var (row, prediction) in rows.Zip(predictor.Predict([.. rows.Select(row => row.Input)], cancellation: cancellation)))
        {
            cancellation.ThrowIfCancellationRequested();
            var names = context.Labels.Of(predictor, row, prediction);
            var words = TextWords.Of(row.Text);
            var (places, attributions) = Explain(words, names, cancellation);
            explanations.Add(new(row, prediction, places, attributions));
            done(explanations.Count);
        }
        return explanations;
    }

    /// <returns>The words that were explained, and a score for each, label after label.</returns>
    protected abstract (IReadOnlyList<TextSpan> Words, IReadOnlyList<LabelAttributions> Labels) Explain(
        TextWords words, IReadOnlyList<string> names, CancellationToken cancellation);

    /// <summary>What the model gives to variants of a text.</summary>
    protected MaskedScores ScoresOf(MaskableText text, IReadOnlyList<string> names, CancellationToken cancellation) =>
        masks => _scorer.Of(text, masks, names, cancellation);

    /// <summary>Each text has random numbers of its own, whatever texts it stands among.</summary>
    /// <param name="repetition">0 for the explanation itself.</param>
    protected SeededRandom RandomFor(string text, ulong stream, int repetition = 0)
    {
        var hash = SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()));
        return new(context.Seed, stream, BinaryPrimitives.ReadUInt64LittleEndian(hash), (ulong)repetition);
    }
}
