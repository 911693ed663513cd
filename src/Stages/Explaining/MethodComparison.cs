using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining.Perturbation;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Explaining;

/// <summary>What one method says of a text, beside the others.</summary>
/// <param name="Scores">On the words that all methods can tell apart.</param>
/// <param name="Sensitivity">
/// How much the explanation changes, as a share of its length as a vector, when a word of the text is left out: the largest change over
/// some
/// words, as long as the same label is predicted. 1 where there is nothing to compare.
/// </param>
internal sealed record MethodResult(string Method, double[] Scores, Faithfulness Faithfulness, double Sensitivity);

/// <param name="Random">The same curves for words in random order, the mean over several orders.</param>
internal sealed record ComparedText(
    Explanation First, IReadOnlyList<TextSpan> Words, IReadOnlyList<MethodResult> Methods, Faithfulness Random);

/// <summary>Explains texts by several methods and puts what they say to the test.</summary>
internal sealed class MethodComparison(Predictor predictor, IReadOnlyList<ExplanationMethod> methods, ExplainerContext context)
{
    private const int RandomOrders = 5;

    private readonly TextScorer _scorer = new(predictor, context.Threads);
    private readonly List<IExplainer> _explainers = [.. methods.Select(method => method.Of(predictor, context))];

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
        var explanations = _explainers.ConvertAll(explainer => explainer.Explain([row], _ => { }, cancellation)[0]);
        var common = CommonWords.Of(explanations);
        var text = MaskableText.ByOccurrence(row.Text, common.Words);
        MaskedScores score = masks =>
            _scorer.Of([.. masks.Select(mask => text.Kept(mask))], [explanations[0].Prediction.Label], cancellation);
        var variants = Variants(row, text, common.Words.Count, neighbours, random);
        var results = methods.Select((method, i) => new MethodResult(
            method.Name, common.Scores[i], Faithfulness.Of(common.Scores[i], score, random),
            Sensitivity(_explainers[i], explanations[i], common.Words, variants, cancellation)));
        return new(explanations[0], common.Words, [.. results], MeanOf([.. Enumerable.Range(0, RandomOrders)
            .Select(_ => Faithfulness.Of(Array.ConvertAll(common.Scores[0], _ => random.NextDouble() - 0.5), score, random))]));
    }

    /// <summary>The text without one word, and which.</summary>
    private List<(LabelledInput Row, int Left)> Variants(LabelledInput row, MaskableText text, int words, int count, SeededRandom random)
    {
        List<(LabelledInput, int)> variants = [];
        for (var i = 0; i < count && words > 1; i++)
        {
            var (left, mask) = (random.NextBelow(words), ShapleyResult.Mask(words, true));
            mask[left] = false;
            var variant = text.Kept(mask);
            variants.Add((row with { Text = variant, Input = predictor.Encode(variant) }, left));
        }
        return variants;
    }

    private static double Sensitivity(
        IExplainer explainer, Explanation whole, IReadOnlyList<TextSpan> words, List<(LabelledInput Row, int Left)> variants,
        CancellationToken cancellation)
    {
        var scores = CommonWords.OfOne(words, whole);
        List<double> changes = [];
        foreach (var variant in variants)
        {
            var changed = explainer.Explain([variant.Row], _ => { }, cancellation)[0];
            if (changed.Prediction.Label != whole.Prediction.Label)
                continue;
            var gap = words[variant.Left];
            // What stands behind the word that was left out has moved.
            TextSpan[] moved = [.. changed.Words.Select(
                word => word.Start < gap.Start ? word : word with { Start = word.Start + gap.Length })];
            var after = CommonWords.OfOne(words, changed with { Words = moved });
            var norm = Math.Sqrt(scores.Where((_, i) => i != variant.Left).Sum(score => score * score));
            var change = Math.Sqrt(scores.Zip(after, (a, b) => (a - b) * (a - b)).Where((_, i) => i != variant.Left).Sum());
            changes.Add(norm == 0 ? 1 : change / norm);
        }
        return changes.DefaultIfEmpty(1).Max();
    }

    private static Faithfulness MeanOf(IReadOnlyList<Faithfulness> all) => new(
        Mean(all.Select(one => one.Deletion)), Mean(all.Select(one => one.Insertion)), all.Average(one => one.Infidelity));

    /// <summary>The mean of curves, point by point.</summary>
    public static double[] Mean(IEnumerable<double[]> curves)
    {
        var all = curves.ToList();
        return [.. Enumerable.Range(0, all[0].Length).Select(i => all.Average(curve => curve[i]))];
    }
}
