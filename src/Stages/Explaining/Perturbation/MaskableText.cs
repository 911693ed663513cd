using System.Text;

namespace Pipelines.Stages.Explaining.Perturbation;

/// <summary>A text whose words can be left out: each occurrence by itself, or all occurrences of a word together.</summary>
internal sealed class MaskableText
{
    private readonly int[] _featureOfWord;

    private MaskableText(TextWords words, int[] featureOfWord)
    {
        (Words, _featureOfWord) = (words, featureOfWord);
        Features = featureOfWord.Length == 0 ? 0 : featureOfWord.Max() + 1;
    }

    public TextWords Words { get; }

    /// <summary>How many things can be left out.</summary>
    public int Features { get; }

    public static MaskableText ByOccurrence(TextWords words) => new(words, [.. Enumerable.Range(0, words.Words.Count)]);

    /// <summary>A bag of words, as LIME's: a word that occurs twice is left out twice.</summary>
    public static MaskableText ByWord(TextWords words)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        var featureOfWord = new int[words.Words.Count];
        for (var i = 0; i < featureOfWord.Length; i++)
        {
            var word = words[i];
            if (!numbers.TryGetValue(word, out var number))
                numbers.Add(word, number = numbers.Count);
            featureOfWord[i] = number;
        }
        return new(words, featureOfWord);
    }

    /// <summary>The text without the words that are not kept; what stands between words stays.</summary>
    /// <param name="kept">One a feature.</param>
    public string Kept(ReadOnlySpan<bool> kept)
    {
        var text = new StringBuilder(Words.Text.Length);
        var from = 0;
        for (var i = 0; i < _featureOfWord.Length; i++)
        {
            var word = Words.Words[i];
            text.Append(Words.Text, from, word.Start - from);
            if (kept[_featureOfWord[i]])
                text.Append(Words.Text, word.Start, word.Length);
            from = word.End;
        }
        return text.Append(Words.Text, from, Words.Text.Length - from).ToString();
    }

    /// <summary>Scores of features as scores of words: occurrences of one feature share its score.</summary>
    public double[] ToWords(IReadOnlyList<double> scores)
    {
        var occurrences = new int[Features];
        foreach (var feature in _featureOfWord)
            occurrences[feature]++;
        return Array.ConvertAll(_featureOfWord, feature => scores[feature] / occurrences[feature]);
    }

    /// <summary>The first word of each feature.</summary>
    public string NameOf(int feature) => Words[Array.IndexOf(_featureOfWord, feature)];
}
