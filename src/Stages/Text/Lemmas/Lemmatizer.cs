using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Text.Lemmas;

/// <summary>Puts words of a text in their base form; everything between words, and elided articles, stays as it is.</summary>
public sealed class Lemmatizer : ITextStep
{
    public const string Kind = "lemmatize";

    private const int MaxWordLength = 100;

    private readonly Settings _settings;
    private readonly Lazy<ILemmaSource> _source;
    private readonly ConcurrentDictionary<string, Lemma> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lemma>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly Lock _lock = new();

    private Lemmatizer(Settings settings)
    {
        _settings = settings;
        _bySpan = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        _source = new(Open);
    }

    /// <exception cref="StageException">What the method needs is not installed.</exception>
    public static Lemmatizer Create(LemmaMethod method, LemmaLanguage language)
    {
        var dictionary = method == LemmaMethod.Hunspell ? Fingerprint(language) : null;
        return new(new(method, language, dictionary));
    }

    public static Lemmatizer From(JsonObject settings) => new(settings.Deserialize<Settings>(Json.Plain)!);

    public JsonObject ToSettings() => JsonSerializer.SerializeToNode(_settings, Json.Plain)!.AsObject();

    public string Apply(string text) => Apply(text, onWord: null);

    /// <param name="onWord">Told of every word and its lemma, null for unknown words.</param>
    public string Apply(string text, Action<string, string?>? onWord)
    {
        var result = new StringBuilder(text.Length);
        var position = 0;
        while (position < text.Length)
        {
            var end = WordEnd(text, position);
            if (end > position)
                AppendWord(result, text.AsSpan(position, end - position), onWord);
            else
                result.Append(text[end++]);
            position = end;
        }
        return result.ToString();
    }

    /// <summary>The lemma of one word; an unknown word is its own.</summary>
    public string LemmaOf(string word) => Find(word) ?? word;

    // A word is letters and digits, with apostrophes and hyphens inside.
    private static int WordEnd(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || (end > start && IsInner(text, end))))
            end++;
        return end;
    }

    private static bool IsInner(string text, int at) => (text[at] == '-' || FrenchElision.IsApostrophe(text[at]))
        && char.IsLetter(text[at - 1]) && at + 1 < text.Length && char.IsLetter(text[at + 1]);

    // Elided words are cut off one by one, and of a chain of hyphens that is unknown the first link, until the rest is known.
    private void AppendWord(StringBuilder result, ReadOnlySpan<char> word, Action<string, string?>? onWord)
    {
        while (true)
        {
            // No elided word is longer; to look through all that is left at every link would take quadratic time.
            var apostrophe = _settings.Language == LemmaLanguage.Fr
                ? word[..Math.Min(word.Length, MaxWordLength)].IndexOfAny('\'', '\u2019', '\u02BC')
                : -1;
            if (apostrophe > 0 && FrenchElision.IsElided(word[..apostrophe]))
            {
                result.Append(word[..(apostrophe + 1)]);
                word = word[(apostrophe + 1)..];
                continue;
            }
            var hyphen = word.IndexOf('-');
            if (hyphen <= 0 || Find(word) is not null)
                break;
            AppendPart(result, word[..hyphen], onWord);
            result.Append('-');
            word = word[(hyphen + 1)..];
        }
        AppendPart(result, word, onWord);
    }

    private void AppendPart(StringBuilder result, ReadOnlySpan<char> word, Action<string, string?>? onWord)
    {
        var lemma = Find(word);
        onWord?.Invoke(word.ToString(), lemma);
        if (lemma is null)
            result.Append(word);
        else
            result.Append(lemma);
    }

    /// <summary>Null where the word is not known; no dictionary has longer ones, and each is kept.</summary>
    private string? Find(ReadOnlySpan<char> word)
    {
        if (word.Length > MaxWordLength)
            return null;
        if (_bySpan.TryGetValue(word, out var known))
            return known.Form;
        var text = word.ToString();
        lock (_lock)
            known = new(word.IndexOfAnyInRange('0', '9') >= 0 ? null : _source.Value.Find(text.Replace('\u2019', '\'')));
        _known[text] = known;
        return known.Form;
    }

    private ILemmaSource Open()
    {
        if (_settings.Method == LemmaMethod.Snowball)
            return SnowballStems.Of(_settings.Language);
        if (_settings.Dictionary != Fingerprint(_settings.Language))
            throw new StageException("The dictionary is not the one the texts were lemmatized with.")
            {
                Help = "Run lemmatize again (--force), and what depends on it.",
            };
        var dictionary = HunspellDictionary.Open(_settings.Language);
        return _settings.Language == LemmaLanguage.Fr ? new FrenchLemmas(dictionary) : new EnglishLemmas(dictionary);
    }

    private static string Fingerprint(LemmaLanguage language) =>
        ContentHash.Of([.. HunspellDictionary.Content(language), .. LemmaList.Of(language).Content]).Hex;

    private readonly record struct Lemma(string? Form);

    /// <param name="Dictionary">Hash of the dictionary and the list; null without one.</param>
    private sealed record Settings(LemmaMethod Method, LemmaLanguage Language, string? Dictionary);
}
