using System.Text;

namespace Pipelines.Stages.Explaining.Perturbation;

/// <summary>A text whose words can be left out: each occurrence by itself, or all occurrences of a word together.</summary>
internal sealed class MaskableText
{
    // A local model of more columns is a system of more than a million numbers.
    private const int MaxFeaturesByWord = 1_000;

    private readonly int[] _featureOfWord;

    private readonly string _text;
    private readonly IReadOnlyList<TextSpan> _words;

    private MaskableText(string text, IReadOnlyList<TextSpan> words, int[] featureOfWord)
    {
        (_text, _words, _featureOfWord) = (text, words, featureOfWord);
        Features = featureOfWord.Length == 0 ? 0 : featureOfWord.Max() + 1;
    }

    /// <summary>How many characters a variant has at most.</summary>
    public int Length => _text.Length;

    /// <summary>How many things can be left out.</summary>
    public int Features { get; }

    /// <param name="words">Where the words stand, in order.</param>
    public static MaskableText ByOccurrence(string text, IReadOnlyList<TextSpan> words) =>
        new(text, words, [.. Enumerable.Range(0, words.Count)]);

    /// <summary>
    /// A bag of words, as LIME's: a word that occurs twice is left out twice. Of a text with more different words than a local model can
    /// have, runs of neighbouring words are left out together.
    /// </summary>
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
        if (numbers.Count > MaxFeaturesByWord)
            featureOfWord = [.. featureOfWord.Select((_, word) => (int)((long)word * MaxFeaturesByWord / featureOfWord.Length))];
        return new(words.Text, words.Words, featureOfWord);
    }

    /// <summary>The text without the words that are not kept; what stands between words stays.</summary>
    /// <param name="kept">One a feature.</param>
    public string Kept(ReadOnlySpan<bool> kept)
    {
        var text = new StringBuilder(_text.Length);
        var from = 0;
        for (var i = 0; i < _featureOfWord.Length; i++)
        {
            var word = _words[i];
            text.Append(_text, from, word.Start - from);
            if (kept[_featureOfWord[i]])
                text.Append(_text, word.Start, word.Length);
            from = word.End;
        }
        return text.Append(_text, from, _text.Length - from).ToString();
    }

    /// <summary>Scores of features as scores of words: occurrences of one feature share its score.</summary>
    public double[] ToWords(IReadOnlyList<double> scores)
    {
        var occurrences = new int[Features];
        foreach (var feature in _featureOfWord)
            occurrences[feature]++;
        return Array.ConvertAll(_featureOfWord, feature => scores[feature] / occurrences[feature]);
    }
}
