namespace Pipelines.Stages.Measures;

/// <summary>Wilson's 95 % interval of a share.</summary>
public static class Wilson
{
    private const double Z = 1.959963984540054;

    public static (double Low, double High) Interval(long successes, long trials)
    {
        if (trials == 0)
            return (0, 1);
        var p = successes / (double)trials;
        var z2 = Z * Z / trials;
        var centre = (p + (z2 / 2)) / (1 + z2);
        var half = Z * Math.Sqrt((p * (1 - p) / trials) + (z2 / (4 * trials))) / (1 + z2);
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
