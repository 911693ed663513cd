using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>Rows and series of splits in the order of their use, in every table and figure: train, validation, test.</summary>
internal static class SplitOrder
{
    public static CardItem Of(CardItem item)
    {
        if (item is Grid { Columns: [{ Name: Columns.Split }, ..] } grid && grid.Rows.All(row => row[0] is string))
            return grid with { Rows = [.. grid.Rows.OrderBy(row => (string)row[0]!, Splits.Order)] };
        if (item is BarFigure bars && AreSplits(bars.Series.Select(series => series.Name)))
            return bars with { Series = [.. bars.Series.OrderBy(series => series.Name, Splits.Order)] };
        return item is LineFigure lines && AreSplits(lines.Series.Select(series => series.Name))
            ? lines with { Series = [.. lines.Series.OrderBy(series => series.Name, Splits.Order)] }
            : item;
    }

    private static bool AreSplits(IEnumerable<string> names) => names.All(Splits.All.Contains);
}
