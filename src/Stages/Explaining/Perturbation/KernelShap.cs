using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Explaining.Perturbation;

/// <summary>
/// Kernel SHAP (Lundberg, Lee 2017): Shapley values as the coefficients of a weighted regression on variants of the text. Each variant
/// comes
/// with its opposite (Covert, Lee 2021), sizes that fit into the number of samples are taken whole, and the values add up exactly, because
/// the regression leaves out one of them and gives it what is missing.
/// </summary>
internal static class KernelShap
{
    // Sampled variants that are known already bring no new one; without a bound few features would never end.
    private const int MaxDrawsPerSample = 4;

    private const double Rounding = 1e-9;

    public static int DefaultSamples(int features) => (2 * features) + 2_048;

    /// <param name="samples">Variants, the empty and the whole text aside.</param>
    public static ShapleyResult Explain(int features, MaskedScores scores, int samples, SeededRandom random)
    {
        var ends = scores([ShapleyResult.Mask(features, false), ShapleyResult.Mask(features, true)]);
        if (features < 2)
            return ShapleyResult.Trivial(features, ends[0], ends[1]);
        var variants = Choose(features, samples, random);
        var given = scores([.. variants.Select(variant => variant.Mask)]);
        var values = Enumerable.Range(0, ends[0].Length)
            .Select(target => Solve(variants, [.. given.Select(row => row[target] - ends[0][target])], ends[1][target] - ends[0][target]));
        return new([.. values], ends[0], ends[1], variants.Count + 2);
    }

    /// <summary>(n - 1) / (s (n - s)), the weight of all variants of s features together.</summary>
    public static double SizeWeight(int features, int size) => (features - 1.0) / (size * (double)(features - size));

    /// <summary>The variants of the smallest and largest sizes all, of the others as many as are left.</summary>
    private static List<Variant> Choose(int features, int samples, SeededRandom random)
    {
        List<Variant> variants = [];
        var (left, size) = (samples, 1);
        for (; 2 * size <= features; size++)
        {
            var sides = 2 * size == features ? 1 : 2;
            var count = sides * Combinations(features, size);
            var remaining = Enumerable.Range(size, features - (2 * size) + 1).Sum(other => SizeWeight(features, other));
            // As many of this size as its weight would draw, were it sampled.
            if (left * sides * SizeWeight(features, size) / remaining < count - Rounding)
                break;
            foreach (var mask in Subsets(features, size))
            {
                var weight = SizeWeight(features, size) * sides / count;
                variants.Add(new(mask, weight));
                if (sides == 2)
                    variants.Add(new(Opposite(mask), weight));
            }
            left = samples - variants.Count;
        }
        if (2 * size <= features)
            variants.AddRange(Sample(features, size, left, random));
        return variants;
    }

    private static IEnumerable<Variant> Sample(int features, int smallest, int samples, SeededRandom random)
    {
        double[] weights = [.. Enumerable.Range(smallest, features - (2 * smallest) + 1).Select(size => SizeWeight(features, size))];
        var total = weights.Sum();
        Dictionary<string, (bool[] Mask, int Count)> drawn = new(StringComparer.Ordinal);
        var order = Enumerable.Range(0, features).ToArray();
        for (var draw = 0; draw < MaxDrawsPerSample * samples && drawn.Count < samples; draw++)
        {
            var (at, size) = (random.NextDouble() * total, smallest);
            while (size < features - smallest && (at -= weights[size - smallest]) >= 0)
                size++;
            random.Shuffle<int>(order);
            var mask = new bool[features];
            foreach (var feature in order.AsSpan(0, size))
                mask[feature] = true;
            Count(mask);
            Count(Opposite(mask));
        }
        var all = drawn.Values.Sum(variant => variant.Count);
        return drawn.Values.Select(variant => new Variant(variant.Mask, total * variant.Count / all));

        void Count(bool[] mask)
        {
            var key = string.Create(features, mask, (text, from) =>
            {
                for (var i = 0; i < from.Length; i++)
                    text[i] = from[i] ? '1' : '0';
            });
            drawn[key] = (mask, drawn.GetValueOrDefault(key).Count + 1);
        }
    }

    /// <summary>Weighted least squares under the condition that the values add up to <paramref name="change"/>.</summary>
    private static double[] Solve(List<Variant> variants, double[] target, double change)
    {
        var columns = variants[0].Mask.Length - 1;
        var (products, right) = (new double[columns * columns], new double[columns]);
        var row = new double[columns];
        foreach (var (variant, value) in variants.Zip(target))
        {
            var last = variant.Mask[columns] ? 1.0 : 0.0;
            for (var i = 0; i < columns; i++)
                row[i] = (variant.Mask[i] ? 1 : 0) - last;
            var rest = value - (last * change);
            for (var i = 0; i < columns; i++)
            {
                if (row[i] == 0)
                    continue;
                var scaled = variant.Weight * row[i];
                right[i] += scaled * rest;
                for (var j = 0; j <= i; j++)
                    products[(i * columns) + j] += scaled * row[j];
            }
        }
        if (!Cholesky.Solve(products, right))
            throw new StageException(
                "The variants of the text do not tell its words apart.")
            { Help = "Ask for more samples.", Parameter = "samples" };
        return [.. right, change - right.Sum()];
    }

    private static bool[] Opposite(bool[] mask) => Array.ConvertAll(mask, kept => !kept);

    private static double Combinations(int from, int count)
    {
        var result = 1.0;
        for (var i = 0; i < count; i++)
            result = result * (from - i) / (i + 1);
        return Math.Round(result);
    }

    /// <summary>All subsets of one size, in lexicographic order.</summary>
    private static IEnumerable<bool[]> Subsets(int features, int size)
    {
        var chosen = Enumerable.Range(0, size).ToArray();
        while (true)
        {
            var mask = new bool[features];
            foreach (var feature in chosen)
                mask[feature] = true;
            yield return mask;
            var last = size - 1;
            while (last >= 0 && chosen[last] == features - size + last)
                last--;
            if (last < 0)
                yield break;
            chosen[last]++;
            for (var i = last + 1; i < size; i++)
                chosen[i] = chosen[i - 1] + 1;
        }
    }

    private sealed record Variant(bool[] Mask, double Weight);
}
