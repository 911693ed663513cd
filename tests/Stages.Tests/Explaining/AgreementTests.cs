using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Tests.Stages.Explaining;

public sealed class AgreementTests
{
    /// <summary>Values of scipy.stats.spearmanr.</summary>
    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, new double[] { 5, 6, 7, 8, 7 }, 0.8207826816681233)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 3, 2, 1 }, -1)]
    [InlineData(new double[] { 1, 1, 2, 9 }, new double[] { 0.5, 0.5, 0.6, 0.7 }, 1)]
    [InlineData(new double[] { 1, 1, 1 }, new double[] { 3, 2, 1 }, double.NaN)]
    public void Rank_correlations_are_those_of_SciPy(double[] first, double[] second, double expected) =>
        Assert.Equal(expected, ScoreAgreement.Spearman(first, second), 1e-12);

    [Fact]
    public void Overlap_is_the_share_of_heaviest_words_that_both_name()
    {
        Assert.Equal(1 / 3.0, ScoreAgreement.Overlap([5, -4, 1, 0], [5, 0, 1, 3], top: 2), 1e-12);
        Assert.Equal(1, ScoreAgreement.Overlap([0, 0], [0, 0], top: 2));
    }

    /// <summary>Of a sum, its own terms are faithful and their order takes the score down fastest.</summary>
    [Fact]
    public void The_terms_of_a_sum_are_faithful_and_beat_random_orders_and_the_opposite()
    {
        double[] terms = [0.4, -0.2, 0.1, 0, 0.3, -0.1, 0.2, 0.05];
        var own = Of(terms);
        var scaled = Of([.. terms.Select(term => 7 * term)]);
        var opposite = Of([.. terms.Select(term => -term)]);

        Assert.Equal(0, own.Infidelity, 1e-9);
        Assert.Equal(0, scaled.Infidelity, 1e-9);
        Assert.Equal(1, opposite.Infidelity, 1e-9);
        Assert.True(Faithfulness.Area(own.Deletion) < Faithfulness.Area(opposite.Deletion));
        Assert.True(Faithfulness.Area(own.Insertion) > Faithfulness.Area(opposite.Insertion));
        Assert.All([own.Deletion[0], own.Insertion[^1]], value => Assert.Equal(terms.Sum(), value, 1e-9));
        Assert.All([own.Deletion[^1], own.Insertion[0]], value => Assert.Equal(0, value, 1e-9));
        // Any order has been random: the best is at least as good.
        for (var seed = 0UL; seed < 20; seed++)
        {
            double[] shuffled = [.. Enumerable.Range(0, terms.Length)];
            new SeededRandom(seed).Shuffle<double>(shuffled);
            Assert.True(Faithfulness.Area(own.Deletion) <= Faithfulness.Area(Of(shuffled).Deletion) + 1e-9);
        }

        Faithfulness Of(double[] scores) => Faithfulness.Of(
            scores, masks => [.. masks.Select(mask => new[] { mask.Zip(terms, (kept, term) => kept ? term : 0).Sum() })], new(7, 1));
    }

    [Fact]
    public void Words_that_one_method_cannot_tell_apart_are_one_for_all()
    {
        var fine = At(new TextSpan(0, 2), new(3, 4), new(8, 3));
        var coarse = At(new TextSpan(0, 7), new(8, 3), new(12, 1));

        var common = CommonWords.Of([fine, coarse]);

        Assert.Equal([new(0, 7), new(8, 3), new(12, 1)], common.Words);
        Assert.Equal([3, 3, 0], common.Scores[0]);
        Assert.Equal([1, 2, 3], common.Scores[1]);
    }

    [Fact]
    public void Runs_of_words_add_up_over_texts()
    {
        var all = NgramInfluence.Of([Text("Bon film", 3, 4), Text("bon BON livre", -0.6, 0, 0.8)], longest: 2);

        var bon = all.Single(row => row.Ngram == "bon");
        Assert.Equal((3, 2), (bon.Occurrences, bon.Texts));
        Assert.Equal(0.6 - 0.6 + 0, bon.Score, 1e-12);
        Assert.Equal(1 / 3.0, bon.Positive, 1e-12);
        Assert.Equal(1.4, all.Single(row => row.Ngram == "bon film").Score, 1e-12);
        Assert.Equal(["bon", "bon bon", "bon film", "bon livre", "film", "livre"], all.Select(row => row.Ngram));
    }

    [Fact]
    public void The_odds_ratio_counts_texts_of_both_sorts()
    {
        var rows = new[] { ("a b", "X"), ("a", "X"), ("a c", "Y"), ("c", "Y"), ("c b", "Y") }
            .Select(row => new LabelledInput("train", row.Item1, row.Item2, new("", []), []));
        NgramAssociation association = new(rows, ["a", "c", "a b", "z"], longest: 2);

        Assert.Equal((3, 3, 1, 0), (association.Texts("a"), association.Texts("c"), association.Texts("a b"), association.Texts("z")));
        Assert.Equal(2 / 3.0, association.Share("a", "X"), 1e-12);
        Assert.Equal(0.4, association.LabelShare("X"), 1e-12);
        // 2 of X with it, 1 of Y; 0 of X without it, 2 of Y.
        Assert.Equal(Math.Log(2.5 * 2.5 / (1.5 * 0.5)), association.LogOddsRatio("a", "X"), 1e-12);
    }

    private static Explanation At(params TextSpan[] words) => new(
        new("test", "aa bbbb ccc !", "X", new("", []), []), new("X", 1, []), words,
        [new("X", [.. Enumerable.Range(1, words.Length).Select(i => (double)i)], 0, 0)]);

    private static Explanation Text(string text, params double[] scores) => new(
        new("test", text, "X", new("", []), []), new("X", 1, []), TextWords.Of(text).Words, [new("X", scores, 0, scores.Sum())]);
}
