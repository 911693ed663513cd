using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Models.LinearModels;

/// <summary>The rows of a table as a linear model learns and measures them.</summary>
/// <param name="Parameters">Null: nothing is read of a text.</param>
/// <param name="Tfidf">That of predictions; null: words are only counted.</param>
/// <param name="Validation">Null where the table has none.</param>
internal sealed record LinearData(
    EncodingChain Encoding, IReadOnlyList<string> Classes, BagOfWordsParams? Parameters, Vocabulary Vocabulary, TfidfWeights? Tfidf,
    FeatureRows Training, FeatureRows? Validation)
{
    /// <summary>4 GiB in double precision.</summary>
    private const long MaxWeights = 1L << 29;

    /// <summary>Whether predictions see the rarity of words among the test rows.</summary>
    public bool IsFittedOnTest => Parameters?.Features is Features.Tfidf { FitOnTest: true };

    /// <param name="parameters">Null: nothing is read of a text.</param>
    /// <exception cref="StageException">There are no rows to train on, or no word is left.</exception>
    public static async Task<LinearData> ReadAsync(
        Table rows, BagOfWordsParams? parameters, StageContext context, CancellationToken cancellation)
    {
        var classes = LabelCodec.From(rows.Encoding).Classes.Names;
        var fitOnTest = parameters?.Features is Features.Tfidf { FitOnTest: true };
        string[] splits = fitOnTest ? [.. Splits.All] : [Splits.Train, Splits.Validation];
        var texts = await LabelledTexts.ReadAsync(rows, splits, context, cancellation).ConfigureAwait(false);
        var vocabulary = parameters is null ? new([], 1) : Vocabulary.Fit(texts[Splits.Train].Texts, parameters);
        if (parameters is not null && vocabulary.Words.Count == 0)
            throw new StageException($"No word of the split '{Splits.Train}' is in the vocabulary: there is nothing to learn from.")
            {
                Help = parameters.MinTexts > 1 ? "let rarer words in (min_texts), or give more rows"
                    : "look at what the stages before leave of the texts; words of one letter do not count",
            };
        var training = Counts(texts[Splits.Train]);
        var fitted = Fit(training);
        var predicting = fitOnTest ? Fit(TestRows(texts[Splits.Test])) : fitted;
        return new(
            rows.Encoding, classes, parameters, vocabulary, predicting, Weighted(training, fitted),
            texts[Splits.Validation] is { Texts.Count: > 0 } validation ? Weighted(Counts(validation), predicting) : null);

        FeatureRows Counts(LabelledTexts split) => new(
            [.. split.Texts.Select(vocabulary.Count)], split.Targets, vocabulary.Words.Count, classes.Count);

        TfidfWeights? Fit(FeatureRows counts) => parameters?.Features is Features.Tfidf tfidf
            ? TfidfWeights.Fit(counts.Rows, counts.Words, tfidf.Smooth, tfidf.Sublinear)
            : null;

        FeatureRows TestRows(LabelledTexts test) => test.Texts.Count > 0 ? Counts(test)
            : throw new StageException($"There are no rows in the split '{Splits.Test}' to fit on.")
            {
                Parameter = "features.tfidf.fit_on_test",
            };
    }

    private static FeatureRows Weighted(FeatureRows counts, TfidfWeights? tfidf) =>
        tfidf is null ? counts : counts with { Rows = [.. counts.Rows.Select(tfidf.Apply)] };

    /// <param name="copies">How many matrices of weights training holds at once.</param>
    /// <exception cref="StageException">All training rows have one class, or there are too many weights.</exception>
    public void Check(int copies)
    {
        var weights = (long)Vocabulary.Words.Count * Classes.Count;
        if (weights * copies > MaxWeights)
            throw new StageException(
                $"{Classes.Count} classes of {Vocabulary.Words.Count} words are {weights} weights, more than fit into memory here.")
            {
                Help = "keep fewer words (max_words, min_texts), or predict fewer classes (label/prefix)",
                Parameter = "max_words",
            };
        if (Training.Targets.Distinct().Take(2).Count() == 1)
            throw new StageException(
                $"All {Training.Count} rows of the split '{Splits.Train}' have one class, {Classes[Training.Targets[0]]}: "
                    + "nothing can be told apart.")
            {
                Help = "look at how the rows were split and their labels made",
            };
    }
}
