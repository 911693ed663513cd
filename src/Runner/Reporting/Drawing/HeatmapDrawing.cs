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
    private const double ValueSize = 11;

    // Where the colour of the numbers changes, so that they can be read in both themes.
    private const double Medium = 60;
    private const double High = 80;

    // Below it a cell looks empty, whatever its sign.
    private const double Faintest = 5;

    public static XElement Draw(HeatmapFigure figure, DrawingFrame frame)
    {
        var (rows, columns) = (Math.Min(Most, figure.Rows.Count), Math.Min(Most, figure.Columns.Count));
        var left = 14 + Widest(figure.Rows.Take(rows));
        var names = Widest(figure.Columns.Take(columns));
        var cell = Math.Clamp((frame.Width - left - 8) / Math.Max(1, columns), 12, 64);
        var height = Math.Clamp(cell, 16, 34);
        var isSlanted = names + 6 > cell;
        var top = 44 + (isSlanted ? names * 0.75 : 14);
        var most = figure.Values.SelectMany(row => row).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var rowAxis = $"↓ {Language.Capitalized(frame.Language.Word(figure.RowAxis))}";
        List<XElement> content =
        [
            Svg.Text(0, 14, rowAxis, "name"),
            Svg.Text(Math.Max(left, TextSize.Width(rowAxis, DrawingFrame.FontSize) + 24), 14,
                $"→ {Language.Capitalized(frame.Language.Word(figure.ColumnAxis))}", "name"),
        ];
        for (var column = 0; column < columns; column++)
        {
            var (x, y) = (left + ((column + 0.5) * cell), top - 7);
            var name = Svg.Text(x, y, TextSize.Fit(figure.Columns[column], DrawingFrame.FontSize, MaxNameWidth),
                isSlanted ? "label" : "label middle");
            content.Add(isSlanted ? name.Rotated(-45, x, y) : name);
        }
        for (var row = 0; row < rows; row++)
        {
            content.Add(
                Svg.Text(left - 6, top + ((row + 0.5) * height) + 4, TextSize.Fit(figure.Rows[row], DrawingFrame.FontSize, MaxNameWidth),
                    "label end"));
            content.Add(Svg.Rectangle(left + 0.5, top + (row * height) + 0.5, (columns * cell) - 1, height - 1, "empty"));
            // Of many cells most are empty: the row behind them is their paper.
            for (var column = 0; column < columns; column++)
                if (figure.Values[row][column] != 0)
                    content.Add(Cell(figure, frame, row, column, left + (column * cell), top + (row * height), cell, height, most));
        }
        return Svg.Picture(frame, frame.Width, top + (rows * height) + 8, content);
    }

    private static XElement Cell(
        HeatmapFigure figure, DrawingFrame frame, int row, int column, double x, double y, double width, double height, double most)
    {
        var value = figure.Values[row][column];
        var share = most > 0 ? Math.Abs(value) / most : 0;
        var text = frame.Numbers.Of(value, figure.Format);
        var percent = double.IsFinite(share) ? Math.Clamp(share, 0, 1) * 100 : 0;
        var square = Svg.Rectangle(x + 0.5, y + 0.5, width - 1, height - 1, "cell")
            .With(new XAttribute("style", $"--share:{Svg.Number(percent)}%"));
        var shown = TextSize.Width(text, ValueSize) + 4 <= width ? text : value < 0 && percent >= Faintest ? "−" : "";
        return Svg.Group(
            (value < 0 ? "against " : "") + (percent < Medium ? "low" : percent < High ? "medium" : "high"),
            square.Hint($"{figure.Rows[row]} → {figure.Columns[column]}: {text}"),
            shown.Length > 0 && value != 0 ? Svg.Text(x + (width / 2), y + (height / 2) + 4, shown, "value middle") : null);
    }

    private static double Widest(IEnumerable<string> names) =>
        Math.Min(MaxNameWidth, names.Select(name => TextSize.Width(name, DrawingFrame.FontSize)).DefaultIfEmpty(0).Max());
}
