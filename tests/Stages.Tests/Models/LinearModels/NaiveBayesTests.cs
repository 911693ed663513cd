using Pipelines.Stages.Models.LinearModels;

namespace Pipelines.Tests.Stages.Models.LinearModels;

public sealed class NaiveBayesTests
{
    [Theory]
    [InlineData("bayes_counts", false, 1, false)]
    [InlineData("bayes_tfidf", true, 0.05, false)]
    [InlineData("bayes_uniform", false, 1, true)]
    public void Probabilities_are_those_of_MultinomialNB(string oracle, bool weighted, double alpha, bool uniform)
    {
        var tfidf = weighted ? Oracles.Tfidf() : null;
        var model = Oracles.Model(NaiveBayes.Fit(Oracles.Rows(tfidf), alpha, uniform), tfidf);

        foreach (var (text, expected) in Oracles.Test.Zip(Oracles.Matrix(Oracles.Of(oracle))))
            Oracles.Near(expected, model.Probabilities(text).Select(probability => (double)probability), 2e-6);
    }

    /// <summary>Example 13.1 of Introduction to Information Retrieval by Manning, Raghavan and Schütze.</summary>
    [Fact]
    public void The_textbook_example_comes_out()
    {
        var words = Vocabulary.Fit(["Chinese Beijing Chinese Shanghai Macao Tokyo Japan"], new());
        string[] texts = ["Chinese Beijing Chinese", "Chinese Chinese Shanghai", "Chinese Macao", "Tokyo Japan Chinese"];
        FeatureRows rows = new([.. texts.Select(words.Count)], [0, 0, 0, 1], words.Words.Count, Classes: 2);

        var weights = NaiveBayes.Fit(rows, alpha: 1);

        var scores = (double[])weights.Intercepts.Clone();
        words.Count("Chinese Chinese Chinese Tokyo Japan").AddProduct(weights.Coefficients, scores);
        Oracles.Near([3.0121e-4, 1.3548e-4], scores.Select(Math.Exp), 1e-8);
        Assert.Equal(.6897586, Math.Exp(scores[0]) / scores.Sum(Math.Exp), 1e-7);
    }

    [Fact]
    public void A_class_without_texts_is_impossible_and_the_others_are_untouched()
    {
        FeatureRows rows = new([new([0], [2]), new([1], [1])], [0, 2], Words: 2, Classes: 3);

        var (with, without) = (NaiveBayes.Fit(rows, alpha: 1), NaiveBayes.Fit(rows with { Targets = [0, 1], Classes = 2 }, alpha: 1));

        Assert.Equal([without.Intercepts[0], double.NegativeInfinity, without.Intercepts[1]], with.Intercepts);
        LinearModel model = new(new("test", 3, 1, false, ["fell", "rose"]), Array.ConvertAll(with.Intercepts, value => (float)value),
            Array.ConvertAll(with.Coefficients, value => (float)value), Tfidf: null);
        Assert.Equal(0, model.Probabilities("rose fell")[1]);
        Assert.Equal(1, model.Probabilities("rose fell").Sum(), 1e-6);
    }
}
