using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Explaining.Perturbation;

/// <summary>LIME of texts, with what it would have said had it drawn other variants.</summary>
internal sealed class LimeExplainer(Predictor predictor, ExplanationMethod.Lime settings, ExplainerContext context)
    : PerturbationExplainer(predictor, context)
{
    public const string R2 = "r2", Stability = "stability";

    protected override (IReadOnlyList<TextSpan> Words, IReadOnlyList<LabelAttributions> Labels) Explain(
        TextWords words, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var text = MaskableText.ByWord(words);
        var scores = ScoresOf(text, names, cancellation);
        var runs = Enumerable.Range(0, Math.Max(1, settings.Repetitions)).Select(repetition => Lime.Explain(
            text.Features, scores, settings, RandomFor(words.Text, RandomStreams.LimeSamples, repetition))).ToList();
        var whole = scores([ShapleyResult.Mask(text.Features, true)])[0];
        return (words.Words, [.. names.Select((name, i) =>
            new LabelAttributions(name, text.ToWords(runs[0][i].Scores), runs[0][i].Intercept, whole[i])
            {
                Measures = new Dictionary<string, double>
                {
                    [R2] = runs[0][i].R2,
                    [Stability] = MeanOverlap([.. runs.Select(run => Named(run[i]))]),
                },
            })]);
    }

    private static HashSet<int> Named(LimeResult result) =>
        [.. Enumerable.Range(0, result.Scores.Length).Where(feature => result.Scores[feature] != 0)];

    /// <summary>Mean Jaccard index of the words named, over all pairs of repetitions; 1 where there is nothing to compare.</summary>
    private static double MeanOverlap(List<HashSet<int>> named)
    {
        var overlaps = from first in Enumerable.Range(0, named.Count)
                       from second in Enumerable.Range(first + 1, named.Count - first - 1)
                       let union = named[first].Union(named[second]).Count()
                       select union == 0 ? 1 : named[first].Intersect(named[second]).Count() / (double)union;
        return overlaps.DefaultIfEmpty(1).Average();
    }
}
