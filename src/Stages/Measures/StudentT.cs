namespace Pipelines.Stages.Measures;

/// <summary>Student's t distribution, by the regularized incomplete beta function (its continued fraction, DLMF 8.17.22).</summary>
internal static class StudentT
{
    private const int MaxTerms = 10_000;
    private const double Precision = 1e-15;

    /// <summary>P(|T| ≥ |t|).</summary>
    public static double TwoSided(double t, int degrees) =>
        double.IsInfinity(t) ? 0 : IncompleteBeta(degrees / 2.0, 0.5, degrees / (degrees + (t * t)));

    /// <summary>The t that |T| stays below with this probability.</summary>
    public static double Quantile(double confidence, int degrees)
    {
        var (low, high) = (0.0, 1.0);
        while (1 - TwoSided(high, degrees) < confidence)
            high *= 2;
        // Halving the interval until no number lies in it takes some sixty steps and cannot go astray.
        while ((low + high) / 2 is var middle && middle > low && middle < high)
            (low, high) = 1 - TwoSided(middle, degrees) < confidence ? (middle, high) : (low, middle);
        return high;
    }

    private static double IncompleteBeta(double a, double b, double x)
    {
        if (x is 0 or 1)
            return x;
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x)));
        // The fraction converges quickly on this side of its mean only.
        return x < (a + 1) / (a + b + 2) ? front * Fraction(a, b, x) / a : 1 - (front * Fraction(b, a, 1 - x) / b);
    }

    /// <summary>Lentz's method.</summary>
    private static double Fraction(double a, double b, double x)
    {
        var c = 1.0;
        var d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        var value = d;
        for (var m = 1; m < MaxTerms; m++)
        {
            var change = 1.0;
            foreach (var term in (ReadOnlySpan<double>)[
                m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m))), -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1))])
            {
                d = 1 / NotZero(1 + (term * d));
                c = NotZero(1 + (term / c));
                value *= change = d * c;
            }
            if (Math.Abs(change - 1) < Precision)
                break;
        }
        return value;
    }

    private static double NotZero(double value) => value == 0 ? 1e-300 : value;

    /// <summary>ln Γ of the halves from 1/2 up that degrees of freedom ask for: exact products of Γ(1/2) = √π and Γ(1) = 1.</summary>
    private static double LogGamma(double half)
    {
        var start = half % 1 == 0 ? 1 : 0.5;
        var sum = start == 1 ? 0 : Math.Log(Math.PI) / 2;
        for (var factor = start; factor < half; factor++)
            sum += Math.Log(factor);
        return sum;
    }
}
