using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>What the main text shows of a long table or of many coloured texts; the annex goes on where it ends.</summary>
internal static class Beginning
{
    private const int MaxUncut = 10;
    private const int FirstRows = 6;
    private const int MinTexts = 2;
    private const int MaxTexts = 4;
    private const int MaxWords = 60;

    /// <param name="hasTexts">Whether coloured texts of another stage stand before it.</param>
    /// <returns>The item itself and null where it is short.</returns>
    public static (CardItem Main, CardItem? Left) Of(CardItem item, bool hasTexts = false)
    {
        if (item is Grid { Rows.Count: > MaxUncut } table)
            return (table with { Rows = [.. table.Rows.Take(FirstRows)] }, table with { Rows = [.. table.Rows.Skip(FirstRows)] });
        if (item is TokensFigure texts
            && (hasTexts ? TextsOf(texts.Rows, 1, MinTexts) : TextsOf(texts.Rows, MinTexts, MaxTexts)) is var count
            && count < texts.Rows.Count)
            return (texts with { Rows = [.. texts.Rows.Take(count)] }, texts with { Rows = [.. texts.Rows.Skip(count)] });
        return (item, null);
    }

    private static int TextsOf(IReadOnlyList<TokensRow> rows, int least, int most)
    {
        var (count, words) = (0, 0);
        while (count < rows.Count && (count < least || (count < most && words + rows[count].Tokens.Count <= MaxWords)))
            words += rows[count++].Tokens.Count;
        // What several methods say of one text stays together.
        while (count < rows.Count && count > 0 && rows[count].Text == rows[count - 1].Text)
            count++;
        return count;
    }
}
