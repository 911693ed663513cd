using System.Xml.Linq;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>
/// Amounts by row and column, from the colour of the paper to a full one, with the number in the cell where it fits. Negative ones have
/// another colour and at least a minus.
/// </summary>
internal static class HeatmapDrawing
{
    private const int Most = 40;
    private const double MaxNameWidth = 170;

    public static XElement Draw(HeatmapFigure figure, DrawingFrame frame)
    {
        var (rows, columns) = (Math.Min(Most, figure.Rows.Count), Math.Min(Most, figure.Columns.Count));
        var left = Math.Round(14 + Widest(figure.Rows.Take(rows)));
        var names = Widest(figure.Columns.Take(columns));
        // Whole numbers are short, and cells of equal width.
        var cell = Math.Clamp(Math.Floor((frame.Width - left - 8) / Math.Max(1, columns)), 12, 64);
        var height = Math.Clamp(cell, 16, 34);
        var isSlanted = names + 6 > cell;
        var top = Math.Round(44 + (isSlanted ? names * 0.75 : 14));
        var rowAxis = $"↓ {Language.Capitalized(frame.Language.Word(figure.RowAxis))}";
        var columnAxis = $"→ {Language.Capitalized(frame.Language.Word(figure.ColumnAxis))}";
        var axisLeft = Math.Max(left, TextSize.Width(rowAxis, DrawingFrame.FontSize) + 24);
        List<XElement> content = [Svg.Text(0, 14, rowAxis, "name"), Svg.Text(axisLeft, 14, columnAxis, "name")];
        content.Add(Svg.Group(isSlanted ? "label" : "label middle", Enumerable.Range(0, columns).Select(column =>
        {
            var (x, y) = (left + ((column + 0.5) * cell), top - 7);
            var name = Svg.Text(x, y, TextSize.Fit(figure.Columns[column], DrawingFrame.FontSize, MaxNameWidth));
            return isSlanted ? name.Rotated(-45, x, y) : name;
        })));
        content.Add(Svg.Group("label end", Enumerable.Range(0, rows).Select(row => Svg.Text(
            left - 6, top + ((row + 0.5) * height) + 4, TextSize.Fit(figure.Rows[row], DrawingFrame.FontSize, MaxNameWidth)))));
        content.AddRange(new HeatmapCells(figure, frame, left, top, cell, height).Draw(rows, columns));
        // No wider than its cells and names: empty paper at the right would be moved over on a phone.
        var width = Math.Min(frame.Width, Math.Ceiling(Math.Max(
            left + (columns * cell) + (isSlanted ? names * 0.75 : 8),
            axisLeft + (1.2 * TextSize.Width(columnAxis, DrawingFrame.FontSize)))));
        return Svg.Picture(frame, width, top + (rows * height) + 8, content);
    }

    private static double Widest(IEnumerable<string> names) =>
        Math.Min(MaxNameWidth, names.Select(name => TextSize.Width(name, DrawingFrame.FontSize)).DefaultIfEmpty(0).Max());
}
