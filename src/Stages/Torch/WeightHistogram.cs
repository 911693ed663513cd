using Tensorboard;

namespace Pipelines.Stages.Torch;

/// <summary>
/// How often weights lie between limits that grow by a tenth, as TensorBoard and PyTorch count them
/// (github.com/tensorflow/tensorflow, core/lib/histogram/histogram.cc).
/// </summary>
internal static class WeightHistogram
{
    private const double Smallest = 1e-12;
    private const double Largest = 1e20;
    private const double Growth = 1.1;

    private static readonly double[] Limits = [.. Magnitudes().Reverse().Select(limit => -limit), 0, .. Magnitudes()];

    /// <param name="values">At least one; those beyond the outermost limits are in no bucket.</param>
    public static HistogramProto Of(IReadOnlyCollection<float> values)
    {
        var buckets = new double[Limits.Length - 1];
        foreach (var value in values)
            if (BucketOf(value) is var bucket && bucket >= 0 && bucket < buckets.Length)
                buckets[bucket]++;
        HistogramProto histogram = new()
        {
            Min = values.Min(),
            Max = values.Max(),
            Num = values.Count,
            Sum = values.Sum(value => (double)value),
            SumSquares = values.Sum(value => (double)value * value),
        };
        var first = Array.FindIndex(buckets, count => count > 0);
        if (first < 0)
            return histogram;
        var end = Array.FindLastIndex(buckets, count => count > 0) + 1;
        // The limit of a bucket is its upper one; an empty bucket before the first tells where that begins.
        histogram.BucketLimit.AddRange(Limits[first..(end + 1)]);
        histogram.Bucket.AddRange([0, .. buckets[first..end]]);
        return histogram;
    }

    // Lower limits belong to their bucket.
    private static int BucketOf(double value) =>
        Array.BinarySearch(Limits, value) is var found && found >= 0 ? found : ~found - 1;

    private static IEnumerable<double> Magnitudes()
    {
        for (var limit = Smallest; limit < Largest; limit *= Growth)
            yield return limit;
    }
}
