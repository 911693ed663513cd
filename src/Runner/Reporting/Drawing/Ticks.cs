namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>Round numbers at equal distances that cover a range: steps of 1, 2 or 5 times a power of ten.</summary>
/// <param name="Values">Ascending; the first is at or below the range, the last at or above.</param>
internal sealed record Ticks(IReadOnlyList<double> Values, double Step)
{
    private static readonly double[] RoundSteps = [1, 2, 5, 10];

    public double First => Values[0];

    public double Last => Values[^1];

    /// <param name="wanted">About how many steps.</param>
    /// <param name="whole">Only whole numbers, as for epochs and counts.</param>
    public static Ticks Covering(double low, double high, int wanted = 5, bool whole = false)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high))
            (low, high) = (0, 1);
        if (high <= low)
            (low, high) = low == 0 ? (0, 1) : (Math.Min(0, low), Math.Max(0, low));
        var rough = (high - low) / wanted;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = RoundSteps.First(round => round * power >= rough * 0.999) * power;
        if (whole)
            step = Math.Max(1, Math.Ceiling(step));
        var first = Math.Floor((low / step) + 1e-9);
        var last = Math.Ceiling((high / step) - 1e-9);
        // Multiplying keeps 0.3 from becoming 0.30000000000000004 by addition.
        return new([.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => Math.Round((first + i) * step, 12))], step);
    }

    /// <summary>The axis of a measure: from zero unless the values lie far above it.</summary>
    public static Ticks ForValues(IEnumerable<double> values, int wanted = 5, bool whole = false)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
            return Covering(0, 1);
        var (low, high) = (finite.Min(), finite.Max());
        return Covering(low > 0 && low < 0.6 * high ? 0 : low, high, wanted, whole);
    }
}
