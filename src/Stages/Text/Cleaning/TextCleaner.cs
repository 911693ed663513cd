using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Text.Cleaning;

/// <summary>Cleans texts step by step, always in this order: markup, invisible characters, special spaces, addresses, apostrophes,
/// punctuation, digits, emojis, case,
/// accents, stop words, white space.</summary>
public sealed class TextCleaner : ITextStep
{
    public const string Kind = "clean/text";

    private readonly CleaningRules _rules;

    public TextCleaner(CleaningRules rules)
    {
        _rules = rules;
        Steps = [.. StepsOf(rules)];
    }

    /// <summary>The steps that are switched on, by name.</summary>
    public IReadOnlyList<(string Name, Func<string, string> Apply)> Steps { get; }

    public static TextCleaner From(JsonObject settings) => new(settings.Deserialize<CleaningRules>(Json.Plain)!);

    public JsonObject ToSettings() => JsonSerializer.SerializeToNode(_rules, Json.Plain)!.AsObject();

    public string Apply(string text)
    {
        foreach (var step in Steps)
            text = step.Apply(text);
        return text;
    }

    private static IEnumerable<(string Name, Func<string, string> Apply)> StepsOf(CleaningRules rules)
    {
        if (rules.StripHtml)
            yield return ("strip_html", HtmlText.Of);
        if (rules.RemoveInvisible)
            yield return ("remove_invisible", SpecialCharacters.WithoutInvisible);
        if (rules.PlainSpaces)
            yield return ("plain_spaces", SpecialCharacters.WithPlainSpaces);
        if (rules.Urls != UrlHandling.Keep)
            yield return ("urls", text => TextPatterns.WithUrls(text, rules.Urls == UrlHandling.Remove ? " " : "url"));
        if (rules.StraightApostrophes)
            yield return ("straight_apostrophes", text => text.Replace('\u2019', '\'').Replace('\u02BC', '\''));
        if (rules.Punctuation != Punctuation.Keep)
            yield return ("punctuation", text => WithoutPunctuation(text, rules.Punctuation == Punctuation.Space));
        if (rules.RemoveDigits)
            yield return ("remove_digits", text => Without(text, char.IsDigit));
        if (rules.Emojis != EmojiHandling.Keep)
            yield return ("emojis", text => EmojiNames.Replace(text, name => rules.Emojis == EmojiHandling.Name ? $" {name} " : " "));
        if (rules.Lower)
            yield return ("lower", text => text.ToLowerInvariant());
        if (rules.StripAccents)
            yield return ("strip_accents", Accents.Strip);
        if (rules.StopWords is { Count: > 0 } words)
            yield return ("stop_words", new StopWordRemoval(words).Apply);
        if (rules.CollapseWhitespace)
            yield return ("collapse_whitespace", TextPatterns.WithSingleSpaces);
    }

    // An apostrophe between letters belongs to French and English words: l'artère, don't.
    private static string WithoutPunctuation(string text, bool asSpace)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isInner = FrenchElision.IsApostrophe(text[i]) && i > 0 && char.IsLetter(text[i - 1])
                && i + 1 < text.Length && char.IsLetter(text[i + 1]);
            if (isInner || !(char.IsPunctuation(text[i]) || WordRules.IsPunctuation(text[i])))
                result.Append(text[i]);
            else if (asSpace)
                result.Append(' ');
        }
        return result.ToString();
    }

    private static string Without(string text, Func<char, bool> isLeftOut) => string.Concat(text.Where(letter => !isLeftOut(letter)));
}
