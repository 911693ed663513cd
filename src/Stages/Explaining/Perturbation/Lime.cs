using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Explaining.Perturbation;

/// <param name="Scores">One a feature; those that were not chosen have 0.</param>
/// <param name="Fitted">What the local model gives to the whole text.</param>
internal sealed record LimeResult(double[] Scores, double Intercept, double Fitted, double R2);

/// <summary>
/// LIME for text (Ribeiro, Singh, Guestrin 2016) as its authors' package does it: variants of the text that lack some words, weighted by
/// how
/// near they are, and a ridge regression on few words that imitates the model there.
/// </summary>
internal static class Lime
{
    private const int MaxForwardSelection = 6;
    private const double SelectionPenalty = 0.01;
    private const double Penalty = 1;

    /// <returns>One result a class that <paramref name="scores"/> gives.</returns>
    public static IReadOnlyList<LimeResult> Explain(int features, MaskedScores scores, ExplanationMethod.Lime settings, SeededRandom random)
    {
        var masks = Sample(features, settings.Samples, random);
        var given = scores(masks);
        double[][] rows = [.. masks.Select(mask => Array.ConvertAll(mask, kept => kept ? 1.0 : 0.0))];
        var ridge = new WeightedRidge(rows, [.. masks.Select(mask => Weight(mask.Count(kept => kept), features, settings.KernelWidth))]);
        return [.. Enumerable.Range(0, given[0].Length).Select(target => Fit(ridge, [.. given.Select(row => row[target])], settings))];
    }

    /// <summary>sqrt(exp(-d² / width²)), d being a hundred times the cosine distance between the text and its variant.</summary>
    public static double Weight(int kept, int features, double width)
    {
        var distance = features == 0 ? 0 : 100 * (1 - Math.Sqrt(kept / (double)features));
        return Math.Sqrt(Math.Exp(-(distance * distance) / (width * width)));
    }

    /// <summary>The whole text, then texts that lack one to all words, each number as likely as any other.</summary>
    private static List<bool[]> Sample(int features, int samples, SeededRandom random)
    {
        var order = Enumerable.Range(0, features).ToArray();
        List<bool[]> masks = [[.. order.Select(_ => true)]];
        while (features > 0 && masks.Count < samples)
        {
            var mask = (bool[])masks[0].Clone();
            var removed = 1 + random.NextBelow(features);
            for (var i = 0; i < removed; i++)
            {
                var other = i + random.NextBelow(features - i);
                (order[i], order[other]) = (order[other], order[i]);
                mask[order[i]] = false;
            }
            masks.Add(mask);
        }
        return masks;
    }

    private static LimeResult Fit(WeightedRidge ridge, double[] target, ExplanationMethod.Lime settings)
    {
        int[] chosen = [.. Choose(ridge, target, Math.Min(settings.Words, ridge.Columns)).Order()];
        var fit = ridge.Fit(target, chosen, Penalty)!;
        var scores = new double[ridge.Columns];
        for (var i = 0; i < chosen.Length; i++)
            scores[chosen[i]] = fit.Coefficients[i];
        return new(scores, fit.Intercept, fit.Intercept + fit.Coefficients.Sum(), fit.R2);
    }

    private static IEnumerable<int> Choose(WeightedRidge ridge, double[] target, int count)
    {
        int[] all = [.. Enumerable.Range(0, ridge.Columns)];
        if (count <= MaxForwardSelection && count < all.Length)
            return ChooseForward(ridge, target, count);
        var coefficients = ridge.Fit(target, all, SelectionPenalty)!.Coefficients;
        return all.OrderByDescending(column => Math.Abs(coefficients[column])).Take(count);
    }

    /// <summary>One word after the other, each the one that explains most beside those before it.</summary>
    private static List<int> ChooseForward(WeightedRidge ridge, double[] target, int count)
    {
        List<int> chosen = [];
        while (chosen.Count < count)
        {
            var best = Enumerable.Range(0, ridge.Columns).Except(chosen)
                .Select(column => (Column: column, Fit: ridge.Fit(target, [.. chosen, column], penalty: 0)))
                .Where(candidate => candidate.Fit is not null).ToList();
            if (best.Count == 0)
                break;
            chosen.Add(best.MaxBy(candidate => candidate.Fit!.R2).Column);
        }
        return chosen;
    }
}
