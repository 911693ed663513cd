namespace Pipelines.Stages.Measures;

/// <summary>The mean of differences between pairs, such as trainings of one seed with two settings, with Student's 95 % interval.</summary>
public sealed record PairedMean(double Mean, double Low, double High, int Pairs)
{
    private const double Normal = 1.959963984540054;

    // Student's quantile 0.975 for 1, 2, 3 … degrees of freedom.
    private static readonly double[] Quantiles =
    [
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448, 2.1314,
        2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
    ];

    public bool IsMeasurable => Low > 0 || High < 0;

    /// <summary>Null where fewer than two pairs are known: one difference says nothing of how much it varies.</summary>
    public static PairedMean? Of(IReadOnlyList<double> differences)
    {
        var count = differences.Count;
        if (count < 2)
            return null;
        var mean = differences.Average();
        var deviation = Math.Sqrt(differences.Sum(difference => (difference - mean) * (difference - mean)) / (count - 1));
        var half = Quantile(count - 1) * deviation / Math.Sqrt(count);
        return new(mean, mean - half, mean + half, count);
    }

    /// <summary>Beyond the table, the first terms of Cornish and Fisher.</summary>
    public static double Quantile(int freedom) => freedom <= Quantiles.Length
        ? Quantiles[freedom - 1]
        : Normal + (((Normal * Normal * Normal) + Normal) / (4 * freedom));
}
