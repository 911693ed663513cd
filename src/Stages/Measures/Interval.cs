namespace Pipelines.Stages.Measures;

/// <summary>A value with its confidence interval.</summary>
internal readonly record struct Interval(double Value, double Low, double High)
{
    /// <summary>The percentile interval of resampled values, interpolated linearly between them.</summary>
    /// <param name="resampled">Sorted in place.</param>
    public static Interval Percentile(double value, double[] resampled, double confidence)
    {
        Array.Sort(resampled);
        var outside = (1 - confidence) / 2;
        return new(value, Quantile(resampled, outside), Quantile(resampled, 1 - outside));
    }

    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
