using System.Globalization;
using System.Text;

namespace Pipelines.Stages.Text;

/// <summary>Letters with accents and their bare forms, as Unicode decomposes them; ligatures become two letters.</summary>
public static class Accents
{
    private const int TableSize = 0x2000;

    private static readonly Dictionary<char, string> Ligatures = new()
    {
        ['œ'] = "oe", ['Œ'] = "OE", ['æ'] = "ae", ['Æ'] = "AE", ['ß'] = "ss",
        ['ø'] = "o", ['Ø'] = "O", ['ł'] = "l", ['Ł'] = "L", ['đ'] = "d", ['Đ'] = "D",
    };

    // Bare form by letter, null where the letter is bare already: normalizing every text anew would cost far more.
    private static readonly Lazy<string?[]> Bare = new(() => [.. Enumerable.Range(0, TableSize).Select(code => BareForm((char)code))]);

    public static bool IsAccented(char letter) => letter >= 0xC0 && letter < TableSize && Bare.Value[letter] is not null;

    /// <summary>How many accented letters a text has; combining accents count as one each.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var letter in text)
            if (IsAccented(letter))
                count++;
        return count;
    }

    /// <summary>The text without accents: <c>Œdème aigu</c> becomes <c>OEdeme aigu</c>.</summary>
    public static string Strip(string text)
    {
        if (Count(text) == 0)
            return text;
        var bare = new StringBuilder(text.Length + 2);
        foreach (var letter in text)
            if (IsAccented(letter))
                bare.Append(Bare.Value[letter]);
            else
                bare.Append(letter);
        return bare.ToString();
    }

    private static string? BareForm(char letter)
    {
        if (Ligatures.TryGetValue(letter, out var letters))
            return letters;
        if (letter < 0xC0)
            return null;
        if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark)
            return "";
        var bare = letter.ToString().Normalize(NormalizationForm.FormD);
        return bare.Length > 1 && char.IsLetter(letter) && char.IsAscii(bare[0])
            ? string.Concat(bare.Where(part => CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark))
            : null;
    }
}
