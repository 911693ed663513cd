using Pipelines.Stages.Measures;

namespace Pipelines.Tests.Stages;

public sealed class PairedMeanTests
{
    /// <summary>Sleep of ten patients with two drugs, as Student gave it in 1908; the interval is R's, of a paired test.</summary>
    [Fact]
    public void Students_own_example_has_the_known_interval()
    {
        double[] first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        double[] second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

        var found = PairedMean.Of([.. first.Zip(second, (a, b) => b - a)])!;

        Assert.Equal(1.58, found.Mean, 10);
        Assert.Equal(0.7001142, found.Low, 4);
        Assert.Equal(2.4598858, found.High, 4);
        Assert.True(found.IsMeasurable);
    }

    [Theory]
    [InlineData(40, 2.0211)]
    [InlineData(60, 2.0003)]
    [InlineData(120, 1.9799)]
    public void Beyond_the_table_quantiles_are_those_of_tables(int freedom, double quantile) =>
        Assert.Equal(quantile, PairedMean.Quantile(freedom), 2);

    [Fact]
    public void One_pair_says_nothing() => Assert.Null(PairedMean.Of([0.1]));

    /// <summary>Agresti's approval ratings: 150 and 86 of 1,600 changed their mind; Wald's interval is 0.02 to 0.06.</summary>
    [Fact]
    public void The_interval_of_paired_shares_is_that_of_the_textbook()
    {
        var (low, high) = new McNemar(150, 86).DifferenceInterval(1600);

        Assert.Equal(0.0213, low, 3);
        Assert.Equal(0.0587, high, 3);
    }
}
