using System.Globalization;
using System.Text;

namespace Pipelines.Stages.Text.Unicode;

/// <summary>
/// Lower case as Python's <c>str.lower</c>: beside single letters, <c>İ</c> keeps its dot and a <c>Σ</c> that ends a word becomes
/// <c>ς</c>.
/// </summary>
internal static class LowerCase
{
    private const char Sigma = 'Σ';

    // Word_Break MidLetter, MidNumLet and Single_Quote: case goes on behind them (SpecialCasing.txt, Final_Sigma).
    private const string InsideWords = "'.:·՟״‘’․‧︓﹒﹕＇．：";

    public static string Of(string text)
    {
        var lower = text.ToLowerInvariant();
        if (!lower.AsSpan().ContainsAny('İ', Sigma, 'σ'))
            return lower;
        var letters = new StringBuilder(lower.Length);
        for (var i = 0; i < lower.Length; i++)
            if (lower[i] == 'İ')
                letters.Append("i\u0307");
            else
                letters.Append(text[i] == Sigma && EndsWord(text, i) ? 'ς' : lower[i]);
        return letters.ToString();
    }

    private static bool EndsWord(string text, int at)
    {
        var before = at - 1;
        while (before >= 0 && IsIgnored(text[before]))
            before--;
        var after = at + 1;
        while (after < text.Length && IsIgnored(text[after]))
            after++;
        return before >= 0 && IsCased(text[before]) && !(after < text.Length && IsCased(text[after]));
    }

    private static bool IsCased(char letter) => CharUnicodeInfo.GetUnicodeCategory(letter)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    private static bool IsIgnored(char letter) =>
        InsideWords.Contains(letter, StringComparison.Ordinal) || CharUnicodeInfo.GetUnicodeCategory(letter)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter
            or UnicodeCategory.ModifierSymbol;
}
