using System.Globalization;
using System.Text;

namespace Pipelines.Stages.Explaining;

/// <summary>Where something stands in a raw text, in UTF-16 units.</summary>
public readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;

    public static TextSpan Between(int start, int end) => new(start, end - start);
}

/// <summary>
/// A raw text and where its words stand in it. Words are runs of letters, digits and underscores, as LIME's <c>\W+</c> cuts them; a
/// symbol such
/// as an emoji is a word of its own, so that it can be explained too.
/// </summary>
internal sealed class TextWords
{
    private TextWords(string text, IReadOnlyList<TextSpan> words, IReadOnlyList<TextSpan> signs) =>
        (Text, Words, Signs) = (text, words, signs);

    public string Text { get; }

    public IReadOnlyList<TextSpan> Words { get; }

    /// <summary>Runs of everything else but white space, e.g. punctuation.</summary>
    public IReadOnlyList<TextSpan> Signs { get; }

    public static TextWords Of(string text)
    {
        List<TextSpan> words = [], signs = [];
        var (previous, start) = (Sort.Space, 0);
        for (int at = 0, length; at < text.Length; at += length)
        {
            // A letter with its accents, or an emoji with its skin colour, is never torn apart.
            length = StringInfo.GetNextTextElementLength(text.AsSpan(at));
            var sort = SortOf(text, at);
            if (sort != previous || sort == Sort.Symbol)
            {
                Add(previous, TextSpan.Between(start, at));
                (previous, start) = (sort, at);
            }
        }
        Add(previous, TextSpan.Between(start, text.Length));
        return new(text, words, signs);

        void Add(Sort sort, TextSpan span)
        {
            if (sort is Sort.Word or Sort.Symbol)
                words.Add(span);
            else if (sort == Sort.Sign)
                signs.Add(span);
        }
    }

    public string this[int word] => Text.Substring(Words[word].Start, Words[word].Length);

    private static Sort SortOf(string text, int at) => !Rune.TryGetRuneAt(text, at, out var rune) ? Sort.Sign
        : Rune.IsLetter(rune) || Rune.IsNumber(rune) || rune.Value == '_' ? Sort.Word
        : Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol ? Sort.Symbol
        : Rune.IsWhiteSpace(rune) ? Sort.Space
        : Sort.Sign;

    private enum Sort
    {
        Space,
        Word,
        Symbol,
        Sign,
    }
}
