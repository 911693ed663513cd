namespace Pipelines.Stages.Text.Words;

/// <summary>French words that lose their last vowel before another word.</summary>
internal static class FrenchElision
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Elided =
        new[] { "l", "d", "j", "m", "t", "s", "n", "c", "ç", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu" }
            .ToHashSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsElided(ReadOnlySpan<char> word) => Elided.Contains(word);

    public static bool IsApostrophe(char letter) => letter is '\'' or '\u2019' or '\u02BC';
}
