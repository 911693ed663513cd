using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Torch;

namespace Pipelines.Tests.Stages.Contracts;

public sealed class SeededRandomTests
{
    [Fact]
    public void Equal_seeds_and_streams_give_equal_numbers()
    {
        Assert.Equal(Numbers(new(7, 1, 2)), Numbers(new(7, 1, 2)));
        Assert.NotEqual(Numbers(new(7, 1, 2)), Numbers(new(7, 2, 1)));
        Assert.NotEqual(Numbers(new(7)), Numbers(new(8)));
    }

    [Fact]
    public void Numbers_below_a_bound_are_evenly_spread()
    {
        var random = new SeededRandom(1);
        var counts = new int[6];
        for (var i = 0; i < 60_000; i++)
            counts[random.NextBelow(6)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void Normal_numbers_have_mean_0_and_variance_1()
    {
        var random = new SeededRandom(1);
        var values = Enumerable.Range(0, 100_000).Select(_ => random.NextNormal()).ToList();
        Assert.Equal(0, values.Average(), 0.02);
        Assert.Equal(1, values.Average(value => value * value), 0.02);
    }

    [Fact]
    public void Orthogonal_rows_are_orthogonal()
    {
        var rows = Initializers.Orthogonal(new(1), 5, 20).Chunk(20).ToList();
        for (var i = 0; i < 5; i++)
            for (var j = 0; j < 5; j++)
                Assert.Equal(i == j ? 1.0 : 0.0, rows[i].Zip(rows[j], (a, b) => (double)a * b).Sum(), 1e-6);
    }

    private static ulong[] Numbers(SeededRandom random) => [random.Next(), random.Next(), random.Next()];
}
