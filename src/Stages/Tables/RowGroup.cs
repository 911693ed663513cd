using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables;

/// <summary>What is written, and later read, at once; bounds memory.</summary>
public static class RowGroup
{
    public const int MaxRows = 1 << 16;

    /// <summary>Of all texts together: rows of long texts are fewer.</summary>
    public const int MaxCharacters = 1 << 19;

    /// <summary>The rows in parts of about a group, with the characters of each; a row is never cut.</summary>
    internal static IEnumerable<(RowBatch Rows, long Characters)> Parts(RowBatch batch) =>
        CharactersOf(batch) is var characters && characters > MaxCharacters
            ? batch.Parts((int)Math.Max(1, batch.Count * (double)MaxCharacters / characters)).Select(part => (part, CharactersOf(part)))
            : [(batch, characters)];

    public static long CharactersOf(RowBatch batch) =>
        batch.Columns.OfType<Values<string>>().Sum(texts => CharactersOf(texts.Items))
            + batch.Columns.OfType<Lists<string>>()
                .Sum(texts => CharactersOf(texts.Items.AsSpan(texts.Offsets[0]..texts.Offsets[^1])));

    // A text may be missing.
    private static long CharactersOf(ReadOnlySpan<string?> texts)
    {
        var characters = 0L;
        foreach (var text in texts)
            characters += text?.Length ?? 0;
        return characters;
    }
}
