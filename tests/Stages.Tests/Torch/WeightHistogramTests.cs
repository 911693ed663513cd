using Pipelines.Stages.Torch;

namespace Pipelines.Tests.Stages.Torch;

/// <summary>Against counting every number between every two limits.</summary>
public sealed class WeightHistogramTests
{
    [Fact]
    public void Every_number_lies_between_the_limits_of_its_bucket()
    {
        var random = new Random(3);
        float[] values = [0, 0, 1, -1, .. Enumerable.Range(0, 5000).Select(_ => (float)(random.NextDouble() - 0.4))];

        var histogram = WeightHistogram.Of(values);

        Assert.Equal(histogram.Bucket.Count, histogram.BucketLimit.Count);
        Assert.Equal(0, histogram.Bucket[0]);
        for (var i = 1; i < histogram.Bucket.Count; i++)
            Assert.Equal(
                values.Count(value => value >= histogram.BucketLimit[i - 1] && value < histogram.BucketLimit[i]), histogram.Bucket[i]);
        Assert.Equal((-1, 1, values.Length), (histogram.Min, histogram.Max, histogram.Num));
        Assert.True(histogram.BucketLimit[0] <= -1 && histogram.BucketLimit[^1] > 1);
    }

    // numpy.histogram(numpy.float32([0.5, 0.5, -2]), bins), with the limits of PyTorch's add_histogram.
    [Fact]
    public void Buckets_are_those_of_PyTorch()
    {
        var histogram = WeightHistogram.Of([0.5f, 0.5f, -2]);

        Assert.Equal([0, 1], histogram.Bucket.Take(2));
        Assert.Equal([2, 2], [histogram.Bucket[^1], histogram.Bucket.Skip(2).Sum()]);
        Assert.Equal(-2.1628190051144287, histogram.BucketLimit[0], 1e-12);
        Assert.Equal(0.5177616740489182, histogram.BucketLimit[^1], 1e-12);
    }
}
