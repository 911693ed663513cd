using Pipelines.Stages.Text.Vectors;

namespace Pipelines.Tests.Stages.Text;

/// <summary>Nearness and maps of word vectors.</summary>
public sealed class VectorMapTests
{
    /// <summary>Two clusters far apart.</summary>
    private static readonly WordVectors Clusters = Of(40, 5, (word, d) =>
        (float)(Math.Sin((word * 7) + (d * 3)) + (word < 20 ? 0 : 30)));

    [Fact]
    public void Words_are_compared_by_the_cosine()
    {
        var nearness = new Nearness(new(["a", "b", "c", "zero"], [1, 0, 1, 1, -3, 0, 0, 0]));
        Assert.Equal(Math.Sqrt(0.5), nearness.Similarity("a", "b"), 1e-6);
        Assert.Equal(-1, nearness.Similarity("a", "c"), 1e-6);
        Assert.Equal(0, nearness.Similarity("a", "zero"));
        Assert.Equal(["b", "zero", "c"], nearness.Nearest("a", 5).Select(near => near.Word));
    }

    [Fact]
    public void An_analogy_leaves_its_own_words_out()
    {
        // Royal and female are the two directions.
        var nearness = new Nearness(new(["man", "woman", "king", "queen", "apple"], [1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, -1, 0, 0]));
        Assert.Equal("queen", nearness.Analogy("man", "king", "woman", 1).Single().Word);
    }

    [Fact]
    public void Neighbourhoods_have_the_perplexity_and_sum_to_one()
    {
        var conditional = Neighbourhoods.Conditional(Clusters, 8);
        for (var i = 0; i < 40; i++)
        {
            var row = conditional[(i * 40)..((i + 1) * 40)];
            Assert.Equal(1, row.Sum(), 1e-12);
            Assert.Equal(0, row[i]);
            Assert.Equal(8, Math.Exp(-row.Where(share => share > 0).Sum(share => share * Math.Log(share))), 1e-3);
        }
        var joint = Neighbourhoods.Of(Clusters, 8);
        Assert.Equal(1, joint.Sum(), 1e-12);
        for (var i = 0; i < 40; i++)
            for (var j = 0; j < 40; j++)
                Assert.Equal(joint[(i * 40) + j], joint[(j * 40) + i]);
    }

    [Fact]
    public void Of_three_points_at_equal_distances_each_has_two_equal_neighbours()
    {
        var shares = Neighbourhoods.Conditional(new(["a", "b", "c"], [1, 0, 0, 0, 1, 0, 0, 0, 1]), 2);
        Assert.Equal([0, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0], shares);
    }

    [Fact]
    public void The_gradient_is_that_of_finite_differences()
    {
        var near = Neighbourhoods.Of(Clusters, 8);
        double[] start = [.. Enumerable.Range(0, 80).Select(d => Math.Cos(d * d))];
        var gradient = new Tsne(near, start).Gradient();
        for (var d = 0; d < start.Length; d += 7)
        {
            double[] above = [.. start], below = [.. start];
            above[d] += 1e-5;
            below[d] -= 1e-5;
            Assert.Equal((new Tsne(near, above).Divergence() - new Tsne(near, below).Divergence()) / 2e-5, gradient[d], 1e-7);
        }
    }

    [Fact]
    public void The_divergence_falls_and_clusters_stay_apart()
    {
        var tsne = new Tsne(Neighbourhoods.Of(Clusters, 8), [.. Enumerable.Range(0, 80).Select(d => 1e-4 * Math.Cos(d * d))]);
        var before = tsne.Divergence();
        tsne.Run(750, _ => { }, CancellationToken.None);
        Assert.True(tsne.Divergence() < before / 2, $"{before} to {tsne.Divergence()}");
        for (var word = 0; word < 40; word++)
        {
            var nearest = Enumerable.Range(0, 40).Where(other => other != word).MinBy(other => Distance(tsne.Points, word, other));
            Assert.Equal(word < 20, nearest < 20);
        }
    }

    /// <summary>numpy: svd of the centred vectors.</summary>
    [Fact]
    public void The_first_components_are_those_of_numpy()
    {
        var plane = PrincipalComponents.Of(Of(6, 3, (word, d) => (float)Math.Round(10 * Math.Sin((word * 3) + (d * 2) + 1))));
        Assert.Equal(Shares, plane.Shares, (expected, actual) => Math.Abs(expected - actual) < 1e-9);
        Assert.Equal(Points, plane.Points, (expected, actual) => Math.Abs(expected - actual) < 1e-9);
    }

    [Fact]
    public void Vectors_that_do_not_vary_lie_in_one_point()
    {
        var plane = PrincipalComponents.Of(Of(4, 3, (_, d) => d));
        Assert.All(plane.Points, value => Assert.Equal(0, value));
        Assert.All(plane.Shares, share => Assert.Equal(0, share));
    }

    private static readonly double[] Shares = [0.9466462678777083, 0.0524949666173105];

    private static readonly double[] Points =
    [
        -12.0153291110825, -3.3504459871370766, 13.00569986790006, 3.4279569399034124,
        -12.665636067643046, -0.35562033649594627, 12.331007299301069, 0.02264975419960878,
        -12.366031133084146, 3.8467111015249413, 11.710289144608561, -3.5912514719949384,
    ];

    private static double Distance(IReadOnlyList<double> points, int a, int b) =>
        Math.Pow(points[2 * a] - points[2 * b], 2) + Math.Pow(points[(2 * a) + 1] - points[(2 * b) + 1], 2);

    private static WordVectors Of(int words, int width, Func<int, int, float> value) => new(
        [.. Enumerable.Range(0, words).Select(word => $"w{word}")],
        [.. Enumerable.Range(0, words * width).Select(i => value(i / width, i % width))]);
}
