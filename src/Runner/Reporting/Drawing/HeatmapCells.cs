using System.Xml.Linq;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>
/// The cells of a heatmap and their numbers. Cells of one colour are one element of thick lines, and numbers of a row parts of one text,
/// since a page may hold a thousand of them.
/// </summary>
internal sealed class HeatmapCells(HeatmapFigure figure, DrawingFrame frame, double left, double top, double width, double height)
{
    private const double ValueSize = 11;

    // Steps of the colour, in percent; nobody tells smaller ones apart.
    private const int Step = 4;

    // Where the colour of the numbers changes, so that they can be read in both themes.
    private const double Medium = 60;
    private const double High = 80;

    // Below it a cell looks empty, whatever its sign.
    private const double Faintest = 5;

    private readonly double _most =
        figure.Values.SelectMany(row => row).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();

    public IEnumerable<XElement> Draw(int rows, int columns)
    {
        // Of many cells most are empty: the row behind them is their paper.
        yield return Thick("empty", Enumerable.Range(0, rows).Select(row => Line(row, 0, columns)));
        var cells = (
            from row in Enumerable.Range(0, rows)
            from column in Enumerable.Range(0, columns)
            let value = figure.Values[row][column]
            where value != 0
            select (Row: row, Column: column, Value: value, Percent: PercentOf(value), Text: Shown(value))).ToList();
        foreach (var colour in cells.GroupBy(cell => (IsAgainst: cell.Value < 0, Level: Step * (int)Math.Round(cell.Percent / Step)))
            .Where(colour => colour.Key.Level > 0)
            .OrderBy(colour => colour.Key))
            yield return Thick(colour.Key.IsAgainst ? "cells against" : "cells", colour.Select(cell => Line(cell.Row, cell.Column, 1)))
                .With(new XAttribute("style", FormattableString.Invariant($"--s:{colour.Key.Level}%")));
        yield return Svg.Group("value middle", cells.Where(cell => cell.Text.Length > 0).GroupBy(cell => cell.Row)
            .Select(row => new XElement("text", new XAttribute("y", Svg.Number(MiddleOf(row.Key) + 4)),
                row.Select(cell => Number(cell.Column, cell.Text, cell.Percent)))));
        // What is written in a cell, beside its names, need not be said again.
        foreach (var cell in cells.Where(cell => cell.Text != frame.Numbers.Of(cell.Value, figure.Format)))
            yield return Svg.Rectangle(left + (cell.Column * width), MiddleOf(cell.Row) - (height / 2), width, height, "over")
                .Hint($"{figure.Rows[cell.Row]} → {figure.Columns[cell.Column]}: {frame.Numbers.Of(cell.Value, figure.Format)}");
    }

    private double MiddleOf(int row) => top + ((row + 0.5) * height);

    private string Line(int row, int column, int count) =>
        $"M{Svg.Number(left + (column * width))} {Svg.Number(MiddleOf(row))}h{Svg.Number((count * width) - 1)}";

    private XElement Thick(string classes, IEnumerable<string> lines) =>
        Svg.Path(string.Concat(lines), classes).With(new XAttribute("stroke-width", Svg.Number(height - 1)));

    private XElement Number(int column, string text, double percent) => new("tspan",
        percent < Medium ? null : new XAttribute("class", percent < High ? "medium" : "high"),
        new XAttribute("x", Svg.Number(Math.Round(left + ((column + 0.5) * width)))), text);

    private double PercentOf(double value) =>
        _most > 0 && Math.Abs(value) / _most is var share && double.IsFinite(share) ? Math.Clamp(share, 0, 1) * 100 : 0;

    // Where the number has no room, a negative one shows its sign.
    private string Shown(double value) => frame.Numbers.Of(value, figure.Format) is var text && TextSize.Width(text, ValueSize) + 4 <= width
        ? text
        : value < 0 && PercentOf(value) >= Faintest ? "−" : "";
}
