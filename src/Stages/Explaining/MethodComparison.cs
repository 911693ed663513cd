using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining.Perturbation;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Explaining;

/// <summary>What one method says of a text, beside the others.</summary>
/// <param name="Scores">On the words that all methods can tell apart.</param>
/// <param name="MaxSensitivity">
/// The largest change of the explanation, as a share of its length as a vector, among texts that lack one word (Yeh et al. 2019, with these
/// texts as the neighbourhood). Null: there was none to compare with.
/// </param>
internal sealed record MethodResult(string Method, double[] Scores, Faithfulness Faithfulness, double? MaxSensitivity);

/// <param name="Random">The same curves for words in random order, the mean over several orders.</param>
internal sealed record ComparedText(
    Explanation First, IReadOnlyList<TextSpan> Words, IReadOnlyList<MethodResult> Methods, Faithfulness Random);

/// <summary>Explains texts by several methods and puts what they say to the test.</summary>
internal sealed class MethodComparison(Predictor predictor, IReadOnlyList<ExplanationMethod> methods, ExplainerContext context)
{
    private const int RandomOrders = 5;

    private readonly TextScorer _scorer = new(predictor, context.Threads);

    // Neighbours of a text are explained for its label, whatever they are predicted to be: the function that is explained stays.
    private readonly List<IExplainer> _explainers =
        [.. methods.Select(method => method.Of(predictor, context with { Labels = ExplainedLabels.True }))];

    public IReadOnlyList<ComparedText> Compare(
        IReadOnlyList<LabelledInput> rows, int neighbours, Action<int> done, CancellationToken cancellation)
    {
        List<ComparedText> compared = [];
        foreach (var row in rows)
        {
            compared.Add(Compare(row, neighbours, new(context.Seed, RandomStreams.RandomAttributions, (ulong)compared.Count),
                cancellation));
            done(compared.Count);
        }
        return compared;
    }

    private ComparedText Compare(LabelledInput row, int neighbours, SeededRandom random, CancellationToken cancellation)
    {
        var predicted = row with { Label = predictor.Predict([row.Input], cancellation: cancellation)[0].Label };
        var explanations = _explainers.ConvertAll(
            explainer => explainer.Explain([predicted], _ => { }, cancellation)[0] with { Row = row });
        var common = CommonWords.Of(explanations);
        var text = MaskableText.ByOccurrence(row.Text, common.Words);
        MaskedScores score = masks => _scorer.Of(text, masks, [predicted.Label], cancellation);
        var variants = Variants(predicted, text, common.Words.Count, neighbours, random);
        var results = methods.Select((method, i) => new MethodResult(
            method.Name, common.Scores[i], Faithfulness.Of(common.Scores[i], score, random),
            MaxSensitivity(_explainers[i], explanations[i], common.Words, variants, cancellation)));
        return new(explanations[0], common.Words, [.. results], MeanOf([.. Enumerable.Range(0, RandomOrders)
            .Select(_ => Faithfulness.Of(Array.ConvertAll(common.Scores[0], _ => random.NextDouble() - 0.5), score, random))]));
    }

    /// <summary>The text without one word, and which: all such texts, or as many as are wanted.</summary>
    private List<(LabelledInput Row, int Left)> Variants(LabelledInput row, MaskableText text, int words, int count, SeededRandom random)
    {
        var order = Enumerable.Range(0, words).ToArray();
        random.Shuffle<int>(order);
        return [.. order.Take(count).Select(left =>
        {
            var mask = ShapleyResult.Mask(words, true);
            mask[left] = false;
            var variant = text.Kept(mask);
            return (row with { Text = variant, Input = predictor.Encode(variant) }, left);
        })];
    }

    private static double? MaxSensitivity(
        IExplainer explainer, Explanation whole, IReadOnlyList<TextSpan> words, List<(LabelledInput Row, int Left)> variants,
        CancellationToken cancellation)
    {
        var scores = CommonWords.OfOne(words, whole);
        double? largest = null;
        foreach (var (row, left) in variants)
        {
            var after = CommonWords.OfOne(words, PutBack(explainer.Explain([row], _ => { }, cancellation)[0], words[left]));
            var (norm, change) = (Norm(scores), Norm([.. scores.Zip(after, (a, b) => a - b)]));
            largest = Math.Max(largest ?? 0, norm == 0 ? change : change / norm);

            // Of the word that one of them lacks there is nothing to compare.
            double Norm(double[] vector) => Math.Sqrt(vector.Where((_, i) => i != left).Sum(value => value * value));
        }
        return largest;
    }

    /// <summary>An explanation of a text without a word, by the places of the whole text.</summary>
    private static Explanation PutBack(Explanation text, TextSpan gap) => text with
    {
        Words = [.. text.Words.Select(word => word.Start < gap.Start ? word : word with { Start = word.Start + gap.Length })],
    };

    private static Faithfulness MeanOf(IReadOnlyList<Faithfulness> all) => new(
        Mean(all.Select(one => one.Deletion)), Mean(all.Select(one => one.Insertion)), all.Average(one => one.Infidelity));

    /// <summary>The mean of curves, point by point.</summary>
    public static double[] Mean(IEnumerable<double[]> curves)
    {
        var all = curves.ToList();
        return [.. Enumerable.Range(0, all[0].Length).Select(i => all.Average(curve => curve[i]))];
    }
}
