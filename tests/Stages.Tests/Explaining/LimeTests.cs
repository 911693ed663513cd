using Pipelines.Stages.Explaining.Perturbation;

namespace Pipelines.Tests.Stages.Explaining;

public sealed class LimeTests
{
    [Fact]
    public void Variants_weigh_less_the_more_words_they_lack()
    {
        double[] expected = [0.000335, 0.135335, 0.50344, 0.86624, 1];
        for (var kept = 0; kept <= 4; kept++)
            Assert.Equal(expected[kept], Lime.Weight(kept, 4, 25), 1e-5);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(4)]
    public void Of_a_linear_model_signs_and_ranking_come_back_and_nothing_is_left(int words)
    {
        double[] truth = [0.3, -0.5, 0.01, 0.2, -0.1, 0, 0.05, -0.02];
        var results = Lime.Explain(
            8, masks => [.. masks.Select(mask => new[] { Sum(mask), 1 - Sum(mask) })], new(Samples: 2_000, Words: words), new(7, 1));

        var (result, opposite) = (results[0], results[1]);
        Assert.Equal(Ranking(truth).Take(4), Ranking(result.Scores).Take(4));
        Assert.All(Ranking(truth).Take(4), word => Assert.Equal(truth[word], result.Scores[word], 0.02));
        Assert.All(result.Scores.Zip(opposite.Scores), pair => Assert.Equal(pair.First, -pair.Second, 1e-9));
        Assert.InRange(result.R2, words == 10 ? 0.999 : 0.95, 1);
        Assert.InRange(result.Scores.Count(score => score != 0), Math.Min(words, 8) - 1, Math.Min(words, 8));
        Assert.Equal(Sum([.. truth.Select(_ => true)]), result.Fitted, 0.05);

        double Sum(bool[] mask) => 0.2 + mask.Zip(truth, (kept, weight) => kept ? weight : 0).Sum();
    }

    /// <summary>Against the formula of the normal equations with the weighted means taken off, computed here on its own.</summary>
    [Fact]
    public void Ridge_regression_does_not_penalize_the_intercept()
    {
        double[][] rows = [[1, 0], [1, 1], [0, 1], [0, 0], [2, 1]];
        double[] weights = [1, 2, 0.5, 1, 1.5], target = [1, 3, 2, 0, 4];
        var fit = new WeightedRidge(rows, weights).Fit(target, [0, 1], 1)!;

        // Gradients of the penalized squares vanish at the solution.
        double[] left = [.. rows.Zip(
            target, (row, value) => value - fit.Intercept - (row[0] * fit.Coefficients[0]) - (row[1] * fit.Coefficients[1]))];
        Assert.Equal(0, left.Zip(weights, (value, weight) => value * weight).Sum(), 1e-9);
        for (var column = 0; column < 2; column++)
            Assert.Equal(fit.Coefficients[column],
                rows.Zip(left.Zip(weights, (value, weight) => value * weight), (row, value) => row[column] * value).Sum(), 1e-9);
        Assert.Null(new WeightedRidge([[1, 1], [0, 0], [1, 1]], [1, 1, 1]).Fit([1, 0, 1], [0, 1], 0));
    }

    [Fact]
    public void A_text_without_words_has_an_intercept_and_nothing_else()
    {
        var result = Lime.Explain(0, masks => [.. masks.Select(_ => new[] { 0.7 })], new(), new(7, 1))[0];
        Assert.Equal((0.7, 0.7, 1.0, 0), (result.Intercept, result.Fitted, result.R2, result.Scores.Length));
    }

    private static IEnumerable<int> Ranking(double[] scores) =>
        Enumerable.Range(0, scores.Length).OrderByDescending(word => Math.Abs(scores[word]));
}
