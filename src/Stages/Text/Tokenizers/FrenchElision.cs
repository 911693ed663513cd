namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>French words that lose their last vowel before another word.</summary>
internal static class FrenchElision
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Elided =
        new[] { "l", "d", "j", "m", "t", "s", "n", "c", "ç", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu" }
            .ToHashSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsElided(ReadOnlySpan<char> word) => Elided.Contains(word);

    public static bool IsApostrophe(char letter) => letter is '\'' or '\u2019' or '\u02BC';

    /// <summary>The first elided word with the word it leans on, e.g. <c>l'artère</c>, or null.</summary>
    public static string? Find(string text)
    {
        for (var at = NextApostrophe(text, 0); at >= 0; at = NextApostrophe(text, at + 1))
        {
            var start = at;
            while (start > 0 && char.IsLetter(text[start - 1]))
                start--;
            var end = at + 1;
            while (end < text.Length && char.IsLetter(text[end]))
                end++;
            if (end > at + 1 && IsElided(text.AsSpan(start, at - start)))
                return text[start..end];
        }
        return null;
    }

    private static int NextApostrophe(string text, int from)
    {
        var offset = text.AsSpan(from).IndexOfAny('\'', '\u2019', '\u02BC');
        return offset < 0 ? -1 : from + offset;
    }
}
