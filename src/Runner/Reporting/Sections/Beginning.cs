using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>What the main text shows of a long table or of many coloured texts; the annex goes on where it ends.</summary>
internal static class Beginning
{
    // Lines of a printed table; a row with a long text has several.
    private const int MaxUncut = 10;
    private const int FirstLines = 6;
    private const int LineLength = 110;
    private const int MinRows = 3;
    private const int MinTexts = 2;
    private const int MaxTexts = 4;
    private const int MaxWords = 60;

    /// <param name="hasTexts">Whether coloured texts of another stage stand before it.</param>
    /// <returns>The item itself and null where it is short.</returns>
    public static (CardItem Main, CardItem? Left) Of(CardItem item, bool hasTexts = false)
    {
        if (item is Grid table && RowsOf(table.Rows) is var rows && rows < table.Rows.Count)
            return (table with { Rows = [.. table.Rows.Take(rows)] }, table with { Rows = [.. table.Rows.Skip(rows)] });
        if (item is TokensFigure texts
            && (hasTexts ? TextsOf(texts.Rows, 1, MinTexts) : TextsOf(texts.Rows, MinTexts, MaxTexts)) is var count
            && count < texts.Rows.Count)
            return (texts with { Rows = [.. texts.Rows.Take(count)] }, texts with { Rows = [.. texts.Rows.Skip(count)] });
        return (item, null);
    }

    private static int RowsOf(IReadOnlyList<IReadOnlyList<object?>> rows)
    {
        if (rows.Take(MaxUncut + 1).Sum(LinesOf) <= MaxUncut)
            return rows.Count;
        var (count, lines) = (0, 0);
        while (count < rows.Count && (count < MinRows || lines + LinesOf(rows[count]) <= FirstLines))
            lines += LinesOf(rows[count++]);
        return count;
    }

    private static int LinesOf(IReadOnlyList<object?> row) =>
        1 + (row.OfType<string>().Select(text => text.Length - 1).DefaultIfEmpty(0).Max() / LineLength);

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
