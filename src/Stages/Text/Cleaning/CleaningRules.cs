using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Text.Cleaning;

/// <summary>What a <see cref="TextCleaner"/> does, each on its own; nothing by default.</summary>
/// <param name="RemoveInvisible">Characters without width, and byte order marks inside a text.</param>
/// <param name="PlainSpaces">Unbreakable and other special spaces become plain ones.</param>
/// <param name="StopWords">Words to leave out, whatever their case.</param>
/// <param name="CollapseWhitespace">One space between words, none at the ends.</param>
public sealed record CleaningRules(
    bool StripHtml = false, bool RemoveInvisible = false, bool PlainSpaces = false, UrlHandling Urls = UrlHandling.Keep,
    bool StraightApostrophes = false, Punctuation Punctuation = Punctuation.Keep, bool RemoveDigits = false,
    EmojiHandling Emojis = EmojiHandling.Keep, bool Lower = false, bool StripAccents = false, IReadOnlyList<string>? StopWords = null,
    bool CollapseWhitespace = false);

/// <summary>What happens to web addresses.</summary>
public enum UrlHandling
{
    Keep,
    Remove,

    /// <summary>The word <c>url</c> in their place.</summary>
    Replace,
}

/// <summary>What happens to emojis.</summary>
public enum EmojiHandling
{
    Keep,
    Remove,

    /// <summary>Their English name in their place, e.g. <c>red_circle</c>.</summary>
    Name,
}
