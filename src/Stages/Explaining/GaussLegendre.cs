namespace Pipelines.Stages.Explaining;

/// <summary>Points and weights of the Gauss-Legendre quadrature on [0, 1]: exact for polynomials up to degree 2n - 1.</summary>
internal sealed record GaussLegendre(double[] Points, double[] Weights)
{
    /// <summary>Newton's method on the Legendre polynomial of degree n.</summary>
    public static GaussLegendre Of(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var (points, weights) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            var x = Math.Cos(Math.PI * (i + 0.75) / (n + 0.5));
            var slope = 0.0;
            for (var step = 0; step < 100; step++)
            {
                (var value, slope) = Legendre(n, x);
                var change = value / slope;
                x -= change;
                if (Math.Abs(change) < 1e-16)
                    break;
            }
            slope = Legendre(n, x).Slope;
            points[n - 1 - i] = (1 + x) / 2;
            weights[n - 1 - i] = 1 / ((1 - (x * x)) * slope * slope);
        }
        return new(points, weights);
    }

    private static (double Value, double Slope) Legendre(int n, double x)
    {
        var (before, value) = (1.0, x);
        for (var k = 2; k <= n; k++)
            (before, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * before)) / k);
        return (value, n * ((x * value) - before) / ((x * x) - 1));
    }
}
