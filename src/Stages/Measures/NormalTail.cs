namespace Pipelines.Stages.Measures;

/// <summary>Upper tails of the normal distribution and of chi-square, which the base library lacks.</summary>
internal static class NormalTail
{
    private const double SeriesBelow = 2;
    private const int Terms = 100;

    /// <summary>P(X ≥ x) for chi-square with one degree of freedom.</summary>
    public static double ChiSquareOfOne(double x) => x <= 0 ? 1 : Erfc(Math.Sqrt(x / 2));

    /// <summary>The complementary error function of a number from 0 up (Abramowitz and Stegun 7.1.5 and 7.1.14), to about 11
    /// digits.</summary>
    public static double Erfc(double x)
    {
        if (x < SeriesBelow)
        {
            double power = x, sum = x;
            for (var n = 1; n < Terms; n++)
            {
                power *= -x * x / n;
                sum += power / ((2 * n) + 1);
            }
            return 1 - (2 / Math.Sqrt(Math.PI) * sum);
        }
        var fraction = x;
        for (var n = Terms; n >= 1; n--)
            fraction = x + (n / 2.0 / fraction);
        return Math.Exp(-x * x) / (fraction * Math.Sqrt(Math.PI));
    }
}
