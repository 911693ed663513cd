namespace Pipelines.Runner.Terminal;

/// <summary>Widths of the columns of a table that fits the terminal.</summary>
internal static class ColumnWidths
{
    private const int Gap = 2;
    private const int Least = 4;

    /// <summary>Takes from the widest columns what does not fit, as long as every one keeps room for a few letters.</summary>
    /// <param name="wanted">What the cells need.</param>
    public static int[] Fit(IReadOnlyList<int> wanted, int room)
    {
        int[] widths = [.. wanted];
        for (var over = widths.Sum() + (Gap * (widths.Length - 1)) - room; over > 0; over--)
        {
            var widest = Array.IndexOf(widths, widths.Max());
            if (widths[widest] <= Least)
                break;
            widths[widest]--;
        }
        return widths;
    }
}
