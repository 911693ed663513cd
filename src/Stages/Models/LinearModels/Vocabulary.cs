using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Models.LinearModels;

/// <summary>The words that are features, in the order of their numbers.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _numbers;
    private readonly int _ngrams;

    public Vocabulary(IReadOnlyList<string> words, int ngrams)
    {
        (Words, _ngrams) = (words, ngrams);
        _numbers = words.Index().ToDictionary(word => word.Item, word => word.Index, StringComparer.Ordinal);
    }

    public IReadOnlyList<string> Words { get; }

    /// <summary>In code point order; of equally frequent words at the limit, the first.</summary>
    public static Vocabulary Fit(IEnumerable<string> texts, BagOfWordsParams parameters)
    {
        var counts = new Dictionary<string, (int Texts, long Occurrences)>(StringComparer.Ordinal);
        foreach (var text in texts)
            foreach (var (word, count) in WordGrams.Of(text, parameters.Ngrams).CountBy(word => word, StringComparer.Ordinal))
            {
                var before = counts.GetValueOrDefault(word);
                counts[word] = (before.Texts + 1, before.Occurrences + count);
            }
        var kept = counts.Where(word => word.Value.Texts >= parameters.MinTexts);
        if (parameters.MaxWords is { } most)
            kept = kept.OrderByDescending(word => word.Value.Occurrences).ThenBy(word => word.Key, StringComparer.Ordinal).Take(most);
        return new([.. kept.Select(word => word.Key).Order(StringComparer.Ordinal)], parameters.Ngrams);
    }

    /// <summary>The words of a text; words that are no feature have the number −1.</summary>
    public IReadOnlyList<Token> Tokens(string text) =>
        [.. WordGrams.Of(text, longest: 1).Select(word => _numbers.TryGetValue(word, out var number)
            ? new Token(word, number) : new Token(word, -1, Known: false))];

    /// <summary>Each place of a text where a feature stands.</summary>
    public IEnumerable<GramOccurrence> Occurrences(string text)
    {
        var (words, length, first) = (WordGrams.Of(text, longest: 1).Count(), 1, 0);
        foreach (var gram in WordGrams.Of(text, _ngrams))
        {
            if (first + length > words)
                (length, first) = (length + 1, 0);
            if (_numbers.TryGetValue(gram, out var number))
                yield return new(number, first, length);
            first++;
        }
    }

    public SparseRow Count(string text)
    {
        var counts = new SortedDictionary<int, double>();
        foreach (var word in WordGrams.Of(text, _ngrams))
            if (_numbers.TryGetValue(word, out var number))
                counts[number] = counts.GetValueOrDefault(number) + 1;
        return new([.. counts.Keys], [.. counts.Values]);
    }
}

/// <summary>A feature where it stands in a text.</summary>
/// <param name="First">Its first word.</param>
/// <param name="Length">How many words it has.</param>
internal readonly record struct GramOccurrence(int Number, int First, int Length);
