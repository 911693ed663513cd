namespace Pipelines.Stages.Measures;

/// <summary>
/// McNemar's test of two models on the same rows: whether the rows that only one of them has right fall to both alike. Below 25 such rows
/// the exact binomial test, two-sided; from there on chi-square with Edwards' continuity correction and one degree of freedom.
/// </summary>
/// <param name="OnlyFirst">Rows that only the first has right.</param>
/// <param name="OnlySecond">Rows that only the second has right.</param>
public readonly record struct McNemar(long OnlyFirst, long OnlySecond)
{
    private const long FewRows = 25;
    private const double Z = 1.959963984540054;

    /// <summary>Of what two models have right, by row.</summary>
    public static McNemar Of(IEnumerable<bool> first, IEnumerable<bool> second)
    {
        var (onlyFirst, onlySecond) = (0L, 0L);
        foreach (var (one, other) in first.Zip(second))
            (onlyFirst, onlySecond) = (onlyFirst + (one && !other ? 1 : 0), onlySecond + (other && !one ? 1 : 0));
        return new(onlyFirst, onlySecond);
    }

    public long Discordant => OnlyFirst + OnlySecond;

    public bool IsExact => Discordant < FewRows;

    public double PValue => IsExact ? Exact() : NormalTail.ChiSquareOfOne(ChiSquare);

    public double ChiSquare
    {
        get
        {
            double distance = Math.Max(0, Math.Abs(OnlyFirst - OnlySecond) - 1);
            return Discordant == 0 ? 0 : distance * distance / Discordant;
        }
    }

    /// <summary>The 95 % interval of the difference of shares, first less second, as of paired proportions (Wald).</summary>
    public (double Low, double High) DifferenceInterval(long rows)
    {
        var difference = (OnlyFirst - OnlySecond) / (double)rows;
        var half = Z * Math.Sqrt(Discordant - (rows * difference * difference)) / rows;
        return (difference - half, difference + half);
    }

    private double Exact()
    {
        var (n, least) = (Discordant, Math.Min(OnlyFirst, OnlySecond));
        double ways = 1, sum = 1;
        for (var k = 1; k <= least; k++)
        {
            ways *= (n - k + 1) / (double)k;
            sum += ways;
        }
        return Math.Min(1, 2 * sum * Math.Pow(0.5, n));
    }
}
