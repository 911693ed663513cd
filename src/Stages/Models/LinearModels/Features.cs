using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models.LinearModels;

/// <summary>What linear models read of a text: a bag of its words.</summary>
/// <param name="Ngrams">Longest run of words that counts as a feature of its own.</param>
/// <param name="MinTexts">In how many training texts a word must occur to be kept.</param>
/// <param name="MaxWords">How many words are kept, the most frequent ones; null: all.</param>
public sealed record BagOfWordsParams(
    [DefaultCase("counts")] Features? Features = null, int Ngrams = 1, int MinTexts = 1, int? MaxWords = null)
{
    public Features Features { get; init; } = Features ?? new Features.Counts();
}

/// <summary>What stands for a word of a text.</summary>
public abstract record Features
{
    /// <summary>How often it occurs, as with scikit-learn's CountVectorizer.</summary>
    public sealed record Counts : Features;

    /// <summary>The count times the rarity of the word, each text of length 1, as with scikit-learn's TfidfTransformer.</summary>
    /// <param name="Sublinear">1 + ln(count) instead of the count.</param>
    /// <param name="Smooth">Counts one further text that has every word.</param>
    /// <param name="FitOnTest">Takes the rarity anew from the test rows for all predictions: a mistake, to be shown.</param>
    public sealed record Tfidf(bool Sublinear = false, bool Smooth = true, bool FitOnTest = false) : Features;
}
