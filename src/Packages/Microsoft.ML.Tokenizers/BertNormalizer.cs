using System.Globalization;
using System.Text;

namespace Microsoft.ML.Tokenizers;

/// <summary>As BERT cleans texts: control characters out, spaces plain, lower case, Chinese characters apart, accents out if asked.</summary>
internal sealed class BertNormalizer(bool lowerCase, bool individuallyTokenizeCjk, bool removeNonSpacingMarks) : Normalizer
{
    private static readonly (int First, int Last)[] Cjk =
    [
        (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF),
        (0x2F800, 0x2FA1F),
    ];

    public override string Normalize(string original)
    {
        if (string.IsNullOrEmpty(original))
            return "";
        if (removeNonSpacingMarks)
            original = original.Normalize(NormalizationForm.FormD);
        var text = new StringBuilder(original.Length);
        foreach (var rune in original.EnumerateRunes())
            Append(text, rune);
        return text.ToString().Normalize(NormalizationForm.FormC);
    }

    public override string Normalize(ReadOnlySpan<char> original) => Normalize(original.ToString());

    private void Append(StringBuilder text, Rune rune)
    {
        if (rune.Value is 0 or 0xFFFD)
            return;
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Control:
            case UnicodeCategory.NonSpacingMark when removeNonSpacingMarks:
                break;
            case UnicodeCategory.SpaceSeparator:
                text.Append(' ');
                break;
            case UnicodeCategory.UppercaseLetter when lowerCase:
                text.Append(Rune.ToLowerInvariant(rune).ToString());
                break;
            default:
                var isCjk = individuallyTokenizeCjk && Cjk.Any(range => rune.Value >= range.First && rune.Value <= range.Last);
                text.Append(isCjk ? $" {rune} " : rune.ToString());
                break;
        }
    }
}
