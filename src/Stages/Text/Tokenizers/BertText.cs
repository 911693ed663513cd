using System.Globalization;
using System.Text;
using Pipelines.Stages.Text.Unicode;

namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>
/// A text as BERT's basic tokenizer leaves it (google-research/bert, tokenization.py), words parted by single spaces: control
/// characters go,
/// every punctuation mark and every Chinese character is a word of its own. Symbols such as <c>€ ©</c> and emojis are letters of their
/// words.
/// </summary>
internal static class BertText
{
    private const char Replacement = '\uFFFD';

    // The blocks of Chinese characters the reference implementation knows; later extensions are not among them.
    private static readonly (int First, int Last)[] Chinese =
    [
        (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF),
        (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
    ];

    public static string Of(string text, bool lower, bool stripAccents)
    {
        var words = Words(text);
        if (lower)
            words = LowerCase.Of(words);
        if (stripAccents)
            words = WithoutMarks(words);
        return WithPunctuationApart(words);
    }

    /// <summary>Without accents that Unicode takes off a letter: <c>é</c> becomes <c>e</c>, but <c>œ ß ø</c> stay.</summary>
    public static string WithoutMarks(string text)
    {
        var decomposed = Normalization.Nfd(text);
        var bare = new StringBuilder(decomposed.Length);
        foreach (var rune in decomposed.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
                bare.Append(rune);
        return bare.ToString();
    }

    private static string Words(string text)
    {
        var words = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (IsSpace(rune))
                words.Append(' ');
            else if (IsChinese(rune.Value))
                words.Append(' ').Append(rune).Append(' ');
            else if (rune.Value is not (0 or Replacement)
                && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format))
                words.Append(rune);
        return words.ToString();
    }

    private static string WithPunctuationApart(string words)
    {
        var apart = new StringBuilder(words.Length + 16);
        var wantsSpace = false;
        foreach (var rune in words.EnumerateRunes())
        {
            var isAlone = IsPunctuation(rune);
            if (rune.Value != ' ')
                Space(apart, wantsSpace || isAlone).Append(rune);
            wantsSpace = rune.Value == ' ' ? apart.Length > 0 : isAlone;
        }
        return apart.ToString();
    }

    private static StringBuilder Space(StringBuilder text, bool isWanted) => isWanted && text.Length > 0 ? text.Append(' ') : text;

    // Tabs and line ends are control characters by category, but spaces to the reference; line and paragraph separators part words in
    // Python.
    private static bool IsSpace(Rune rune) => rune.Value is '\t' or '\n' or '\r' || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsPunctuation(Rune rune) => rune.IsAscii
        ? rune.Value > ' ' && !Rune.IsLetterOrDigit(rune)
        : Rune.IsPunctuation(rune);

    private static bool IsChinese(int code) => code >= Chinese[1].First && Chinese.Any(block => code >= block.First && code <= block.Last);
}
