namespace Pipelines.Stages.Explaining.Perturbation;

/// <summary>Shapley values of a text's features.</summary>
/// <param name="Scores">By class, one a feature.</param>
/// <param name="Base">By class, what the model gives to the text without any feature.</param>
/// <param name="Whole">By class, what it gives to the whole text.</param>
/// <param name="Evaluations">How many variants of the text were asked for.</param>
internal sealed record ShapleyResult(double[][] Scores, double[] Base, double[] Whole, int Evaluations)
{
    /// <summary>Scores of a text that has nothing to leave out, or only one thing.</summary>
    public static ShapleyResult Trivial(int features, double[] empty, double[] whole) => new(
        [.. empty.Zip(whole, (from, to) => features == 0 ? [] : new[] { to - from })], empty, whole, 2);

    public static bool[] Mask(int features, bool kept) => [.. Enumerable.Repeat(kept, features)];
}

/// <summary>Exact Shapley values (1953): of each feature the mean of what it adds, over all orders in which features could come.</summary>
internal static class ShapleyValues
{
    /// <summary>More features are too many variants: 2^n.</summary>
    public const int MaxFeatures = 16;

    public static ShapleyResult Explain(int features, MaskedScores scores)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(features, MaxFeatures);
        var given = scores([.. Enumerable.Range(0, 1 << features).Select(set => MaskOf(set, features))]);
        var weights = WeightsBySize(features);
        var values = new double[given[0].Length][];
        for (var target = 0; target < values.Length; target++)
        {
            values[target] = new double[features];
            for (var set = 0; set < given.Count; set++)
                for (var feature = 0; feature < features; feature++)
                    if ((set & (1 << feature)) == 0)
                        values[target][feature] += weights[int.PopCount(set)] * (given[set | (1 << feature)][target] - given[set][target]);
        }
        return new(values, given[0], given[^1], given.Count);
    }

    private static bool[] MaskOf(int set, int features) =>
        [.. Enumerable.Range(0, features).Select(feature => (set & (1 << feature)) != 0)];

    /// <summary>s! (n - s - 1)! / n!: the share of orders in which s given features come before a feature, and the others after
    /// it.</summary>
    private static double[] WeightsBySize(int features)
    {
        var weights = new double[Math.Max(1, features)];
        weights[0] = 1.0 / Math.Max(1, features);
        for (var size = 1; size < features; size++)
            weights[size] = weights[size - 1] * size / (features - size);
        return weights;
    }
}
