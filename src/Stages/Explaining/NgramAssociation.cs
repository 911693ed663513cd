using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text.Unicode;

namespace Pipelines.Stages.Explaining;

/// <summary>How often runs of words stand in texts of each label, in the data that a model was trained on.</summary>
internal sealed class NgramAssociation
{
    private readonly Dictionary<string, Dictionary<string, int>> _textsByNgram;
    private readonly Dictionary<string, int> _textsByLabel = new(StringComparer.Ordinal);
    private readonly int _texts;

    /// <param name="ngrams">Those that are counted, in lower case.</param>
    public NgramAssociation(IEnumerable<LabelledInput> rows, IEnumerable<string> ngrams, int longest)
    {
        _textsByNgram = ngrams.Distinct(StringComparer.Ordinal)
            .ToDictionary(ngram => ngram, _ => new Dictionary<string, int>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var row in rows)
        {
            _texts++;
            _textsByLabel[row.Label] = _textsByLabel.GetValueOrDefault(row.Label) + 1;
            foreach (var ngram in Ngrams(row.Text, longest).ToHashSet(StringComparer.Ordinal))
                if (_textsByNgram.TryGetValue(ngram, out var byLabel))
                    byLabel[row.Label] = byLabel.GetValueOrDefault(row.Label) + 1;
        }
    }

    /// <summary>In how many training texts a run of words stands.</summary>
    public int Texts(string ngram) => _textsByNgram[ngram].Values.Sum();

    /// <summary>The share of these texts that have a label; 0 where there is none.</summary>
    public double Share(string ngram, string label) => Texts(ngram) is > 0 and var all ? With(ngram, label) / (double)all : 0;

    /// <summary>The share of all texts that have it.</summary>
    public double LabelShare(string label) => _texts == 0 ? 0 : _textsByLabel.GetValueOrDefault(label) / (double)_texts;

    /// <summary>
    /// Logarithm of the odds ratio of label and run of words, with half a text added to each of the four counts (Haldane, Anscombe): 0
    /// where one says nothing about the other.
    /// </summary>
    public double LogOddsRatio(string ngram, string label)
    {
        double both = With(ngram, label), ngramOnly = Texts(ngram) - both, labelOnly = _textsByLabel.GetValueOrDefault(label) - both;
        var neither = _texts - both - ngramOnly - labelOnly;
        return Math.Log((both + 0.5) * (neither + 0.5) / ((ngramOnly + 0.5) * (labelOnly + 0.5)));
    }

    private int With(string ngram, string label) => _textsByNgram[ngram].GetValueOrDefault(label);

    private static IEnumerable<string> Ngrams(string text, int longest)
    {
        var words = TextWords.Of(text);
        string[] lower = [.. Enumerable.Range(0, words.Words.Count).Select(word => LowerCase.Of(words[word]))];
        for (var length = 1; length <= longest; length++)
            for (var first = 0; first + length <= lower.Length; first++)
                yield return string.Join(' ', lower, first, length);
    }
}
