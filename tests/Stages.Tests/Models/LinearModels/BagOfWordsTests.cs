using Pipelines.Stages.Models.LinearModels;

namespace Pipelines.Tests.Stages.Models.LinearModels;

/// <summary>Words, counts and their weights are those of scikit-learn.</summary>
public sealed class BagOfWordsTests
{
    [Fact]
    public void The_vocabulary_is_that_of_CountVectorizer() => Assert.Equal(Oracles.Texts("words"), Oracles.Words.Words);

    [Fact]
    public void Runs_of_words_and_rare_words_are_as_with_CountVectorizer() => Assert.Equal(
        Oracles.Texts("bigrams_of_two_texts"), Vocabulary.Fit(Oracles.Training, new(Ngrams: 2, MinTexts: 2)).Words);

    [Fact]
    public void The_most_frequent_words_are_kept() =>
        Assert.Equal(["plant", "rose", "sales", "the"], Vocabulary.Fit(Oracles.Training, new(MaxWords: 4)).Words);

    [Theory]
    [InlineData("L'été à 3 h : 12½ %, x_1 !", "été 12½ x_1")]
    [InlineData("İzmir Σας", "zmir σας")]
    [InlineData("a b c", "")]
    [InlineData("", "")]
    public void Words_have_two_letters_digits_or_underscores(string text, string words) =>
        Assert.Equal(words, string.Join(' ', WordGrams.Of(text, longest: 1)));

    [Theory]
    [InlineData("tfidf", true, false)]
    [InlineData("tfidf_sublinear", true, true)]
    [InlineData("tfidf_not_smooth", false, false)]
    public void Weights_are_those_of_TfidfTransformer(string oracle, bool smooth, bool sublinear)
    {
        var weights = Oracles.Tfidf(smooth, sublinear);
        foreach (var (text, expected) in Oracles.Test.Zip(Oracles.Matrix(Oracles.Of(oracle))))
            Oracles.Near(expected, Dense(Oracles.Features(text, weights), expected.Length), 1e-7);
    }

    /// <summary>The example of scikit-learn's user guide.</summary>
    [Fact]
    public void Rare_words_weigh_more()
    {
        SparseRow[] counts = [Row(3, 0, 1), Row(2, 0, 0), Row(3, 0, 0), Row(4, 0, 0), Row(3, 2, 0), Row(3, 0, 2)];
        var weights = TfidfWeights.Fit(counts, words: 3, smooth: true, sublinear: false);

        Oracles.Near([1, 2.252762968, 1.847297860], weights.Idf.Select(idf => (double)idf), 1e-6);
        Oracles.Near([.85151335, 0, .52433293], Dense(weights.Apply(counts[0]), 3), 1e-7);
        Oracles.Near([.55422893, .83236428, 0], Dense(weights.Apply(counts[4]), 3), 1e-7);
        var rough = TfidfWeights.Fit(counts, words: 3, smooth: false, sublinear: false);
        Oracles.Near([.81940995, 0, .57320793], Dense(rough.Apply(counts[0]), 3), 1e-7);
    }

    private static SparseRow Row(params double[] counts)
    {
        int[] there = [.. Enumerable.Range(0, counts.Length).Where(word => counts[word] > 0)];
        return new(there, [.. there.Select(word => counts[word])]);
    }

    private static double[] Dense(SparseRow row, int words)
    {
        var dense = new double[words];
        foreach (var (word, value) in row.Words.Zip(row.Values))
            dense[word] = value;
        return dense;
    }
}
