using System.Globalization;
using System.Text;

namespace Pipelines.Stages.Text.Cleaning;

/// <summary>Characters a reader does not see, or takes for a space.</summary>
internal static class SpecialCharacters
{
    private const char SoftHyphen = '\u00AD', Joiner = '\u200D';

    /// <summary>
    /// Without what has no width: soft hyphens, zero-width spaces, joiners, marks of direction and byte order. Joined emojis stay
    /// joined.
    /// </summary>
    public static string WithoutInvisible(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        var visible = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (!IsInvisible(text[i]) || (text[i] == Joiner && JoinsEmojis(text, i)))
                visible.Append(text[i]);
        return visible.ToString();
    }

    public static string WithPlainSpaces(string text) => text.AsSpan().ContainsAnyExceptInRange('\0', '\u009F')
        ? string.Concat(text.Select(letter => CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.SpaceSeparator ? ' ' : letter))
        : text;

    private static bool IsInvisible(char letter) =>
        letter is SoftHyphen or '\u034F' or '\u061C' or '\u180E' or (>= '\u200B' and <= '\u200F')
        or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or '\uFEFF';

    private static bool JoinsEmojis(string text, int at) =>
        at > 0 && (char.IsLowSurrogate(text[at - 1]) || text[at - 1] is '\uFE0F' || char.IsSymbol(text[at - 1]))
        && at + 1 < text.Length && (char.IsHighSurrogate(text[at + 1]) || char.IsSymbol(text[at + 1]));
}
