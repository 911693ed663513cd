using System.Diagnostics;

namespace Pipelines.Stages.Explaining.Gradients;

/// <summary>Where on the way from the baseline to the text gradients are taken.</summary>
public enum QuadratureRule
{
    /// <summary>Exact for polynomials up to degree 2n - 1; converges fast where the score is smooth.</summary>
    GaussLegendre,

    /// <summary>Equal distances, both ends among them.</summary>
    Trapezoid,
}

/// <summary>Points and weights of a quadrature on [0, 1].</summary>
internal sealed record Quadrature(double[] Points, double[] Weights)
{
    public static Quadrature Of(QuadratureRule rule, int points) => rule switch
    {
        QuadratureRule.GaussLegendre => GaussLegendre(points),
        QuadratureRule.Trapezoid => Trapezoid(points),
        _ => throw new UnreachableException(),
    };

    /// <summary>Newton's method on the Legendre polynomial of degree n.</summary>
    public static Quadrature GaussLegendre(int n)
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

    /// <summary>Of one point, the middle.</summary>
    public static Quadrature Trapezoid(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        if (n == 1)
            return new([0.5], [1]);
        var weights = Enumerable.Repeat(1.0 / (n - 1), n).ToArray();
        weights[0] = weights[^1] = 0.5 / (n - 1);
        return new([.. Enumerable.Range(0, n).Select(i => i / (n - 1.0))], weights);
    }

    private static (double Value, double Slope) Legendre(int n, double x)
    {
        var (before, value) = (1.0, x);
        for (var k = 2; k <= n; k++)
            (before, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * before)) / k);
        return (value, n * ((x * value) - before) / ((x * x) - 1));
    }
}
