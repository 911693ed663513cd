using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>Rows and series of splits in the order of their use, in every table and figure: train, validation, test.</summary>
internal static class SplitOrder
{
    public static CardItem Of(CardItem item) => item switch
    {
        Grid { Columns: [{ Name: Columns.Split }, ..] } grid when grid.Rows.All(row => row[0] is string) =>
            grid with { Rows = [.. grid.Rows.OrderBy(row => (string)row[0]!, Splits.Order)] },
        BarFigure bars when AreSplits(bars.Series.Select(series => series.Name)) =>
            bars with { Series = [.. bars.Series.OrderBy(series => series.Name, Splits.Order)] },
        LineFigure lines when AreSplits(lines.Series.Select(series => series.Name)) =>
            lines with { Series = [.. lines.Series.OrderBy(series => series.Name, Splits.Order)] },
        _ => item,
    };

    private static bool AreSplits(IEnumerable<string> names) => names.All(Splits.All.Contains);
}
