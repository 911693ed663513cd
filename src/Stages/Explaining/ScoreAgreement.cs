namespace Pipelines.Stages.Explaining;

/// <summary>How alike two explanations of a text are.</summary>
internal static class ScoreAgreement
{
    /// <summary>Spearman's rank correlation, equal scores having their mean rank; NaN where one of them has only equal ones.</summary>
    public static double Spearman(double[] first, double[] second)
    {
        var (a, b) = (Ranks(first), Ranks(second));
        var mean = (a.Length + 1) / 2.0;
        var (product, squaresA, squaresB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            product += (a[i] - mean) * (b[i] - mean);
            squaresA += (a[i] - mean) * (a[i] - mean);
            squaresB += (b[i] - mean) * (b[i] - mean);
        }
        return squaresA == 0 || squaresB == 0 ? double.NaN : product / Math.Sqrt(squaresA * squaresB);
    }

    /// <summary>Jaccard index of the words with the largest magnitudes.</summary>
    public static double Overlap(double[] first, double[] second, int top)
    {
        var (a, b) = (Heaviest(first, top), Heaviest(second, top));
        var union = a.Union(b).Count();
        return union == 0 ? 1 : a.Intersect(b).Count() / (double)union;
    }

    private static HashSet<int> Heaviest(double[] scores, int top) =>
        [.. Enumerable.Range(0, scores.Length).Where(word => scores[word] != 0).OrderByDescending(word => Math.Abs(scores[word]))
            .Take(top)];

    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Length];
        for (int first = 0, end; first < order.Length; first = end)
        {
            end = first + 1;
            while (end < order.Length && values[order[end]] == values[order[first]])
                end++;
            for (var i = first; i < end; i++)
                ranks[order[i]] = (first + end + 1) / 2.0;
        }
        return ranks;
    }
}
