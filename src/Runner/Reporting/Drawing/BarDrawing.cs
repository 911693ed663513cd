using System.Xml.Linq;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>Bars in groups; series are full, tinted or hollow, so that they differ without colour. Lies down when its names are
/// long.</summary>
internal static class BarDrawing
{
    private const double LabelSize = DrawingFrame.FontSize;
    private const double Thick = 11;
    private const double Thin = 5.5;
    private const int MaxThickBars = 30;
    private const double MaxNameWidth = 260;
    private const double MaxNarrowName = 150;
    private const int MaxBarsWithValues = 14;

    public static XElement Draw(BarFigure figure, DrawingFrame frame) =>
        LiesDown(figure, frame) ? Lying(figure, frame, WidestName(figure)) : Standing(figure, frame);

    /// <summary>Whether the bars are under one another, so that many of them are taller than wide.</summary>
    public static bool LiesDown(BarFigure figure, DrawingFrame frame) =>
        frame.IsGlance || WidestName(figure) + 4 > (frame.Width - 60) / Math.Max(1, figure.Categories.Count);

    private static double WidestName(BarFigure figure) =>
        figure.Categories.Select(name => TextSize.Width(name, LabelSize)).DefaultIfEmpty(0).Max();

    private static XElement Standing(BarFigure figure, DrawingFrame frame)
    {
        var names = Legend.Words(figure.Series.Select(series => series.Name), frame.Language);
        var legend = names.Count > 1 ? Legend.Height(names, frame.Width) : 0;
        var height = (frame.Narrow ? DrawingFrame.NarrowHeight : 270) + legend;
        var plot = new Plot(frame, Values(figure), figure.Format, height, top: 30 + legend);
        var slot = (plot.Right - plot.Left) / Math.Max(1, figure.Categories.Count);
        var group = Math.Min(slot * 0.78, 46.0 * figure.Series.Count);
        var width = group / Math.Max(1, figure.Series.Count);
        List<XElement> bars = [], labels = [];
        for (var category = 0; category < figure.Categories.Count; category++)
        {
            var middle = plot.Left + ((category + 0.5) * slot);
            labels.Add(Svg.Text(middle, plot.Bottom + 18, figure.Categories[category]));
            for (var series = 0; series < figure.Series.Count; series++)
            {
                var value = figure.Series[series].Values[category];
                var (top, bottom) = Span(plot.Y[0], plot.Y[Finite(value)]);
                var x = middle - (group / 2) + (series * width);
                bars.Add(Svg.Rectangle(x + 0.5, top, width - 1.5, bottom - top, Fill(figure, series))
                    .Hint(HintOf(figure, frame, series, category)));
                if (HasValues(figure) && width > 28)
                    bars.Add(Svg.Text(x + (width / 2), top - 4, frame.Numbers.Of(value, figure.Format), "value middle"));
            }
        }
        return Svg.Picture(frame, frame.Width, height, plot.Grid(), plot.Names(figure.X, figure.Y), LegendOf(figure, names, frame), bars,
            Svg.Group("label middle", labels));
    }

    private static XElement Lying(BarFigure figure, DrawingFrame frame, double widest)
    {
        var names = Legend.Words(figure.Series.Select(series => series.Name), frame.Language);
        var top = 26 + (names.Count > 1 ? Legend.Height(names, frame.Width) : 0);
        // A name needs no more room than a line: with many groups one would fill a page.
        var thickness = figure.Series.Count > 1 && figure.Series.Count * figure.Categories.Count > MaxThickBars ? Thin : Thick;
        var slot = (figure.Series.Count * thickness) + 7;
        var bottom = top + (figure.Categories.Count * slot);
        var room = frame.Narrow ? MaxNarrowName : MaxNameWidth;
        var left = Math.Min(room, widest) + 10;
        var ticks = Values(figure);
        var x = new LinearScale(ticks.First, ticks.Last, left, frame.Width - 60);
        List<XElement> content = [];
        content.AddRange(ticks.Values.GroupBy(value => value == 0 ? "axis" : "grid")
            .Select(lines => Svg.Lines(lines.Select(value => (x[value], top, x[value], bottom)), lines.Key)));
        content.Add(Svg.Group("label middle",
            ticks.Values.Select(value => Svg.Text(x[value], bottom + 18, frame.Numbers.Tick(value, ticks.Step, figure.Format)))));
        for (var category = 0; category < figure.Categories.Count; category++)
        {
            var y = top + (category * slot) + 3;
            content.Add(
                Svg.Text(left - 8, y + ((slot - 7) / 2) + 4, TextSize.Fit(figure.Categories[category], LabelSize, room),
                    "label end"));
            for (var series = 0; series < figure.Series.Count; series++)
            {
                var (from, to) = Span(x[0], x[Finite(figure.Series[series].Values[category])]);
                content.Add(Svg.Rectangle(from, y + (series * thickness), to - from, thickness * 0.86, Fill(figure, series))
                    .Hint(HintOf(figure, frame, series, category)));
                if (HasValues(figure))
                    content.Add(
                        Svg.Text(to + 5, y + (series * thickness) + 9,
                            frame.Numbers.Of(figure.Series[series].Values[category], figure.Format), "value"));
            }
        }
        content.Add(Svg.Text(0, 14, Language.Capitalized(frame.Language.Word(figure.X)), "name"));
        content.Add(Svg.Text(frame.Width - 60, bottom + 36, Language.Capitalized(frame.Language.Word(figure.Y)), "name end"));
        return Svg.Picture(frame, frame.Width, bottom + 44, content, LegendOf(figure, names, frame));
    }

    private static bool HasValues(BarFigure figure) => figure.Series.Count * figure.Categories.Count <= MaxBarsWithValues;

    private static Ticks Values(BarFigure figure) =>
        Ticks.Covering(Math.Min(0, Numbers(figure).Min()), Math.Max(0, Numbers(figure).Max()), 4, figure.Format == ValueFormat.Integer);

    private static IEnumerable<double> Numbers(BarFigure figure) =>
        figure.Series.SelectMany(series => series.Values).Where(double.IsFinite).DefaultIfEmpty(0);

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;

    private static (double Low, double High) Span(double a, double b) => (Math.Min(a, b), Math.Max(a, b));

    private static string Fill(BarFigure figure, int series)
    {
        var style = Palette.Of(figure.Series[series].Name, series);
        return $"bar s{style} fill{style % 3}";
    }

    private static IEnumerable<XElement> LegendOf(BarFigure figure, IReadOnlyList<string> names, DrawingFrame frame) =>
        names.Count <= 1
            ? []
            : Legend.Draw(names, 22, frame.Width, (series, x, y) => Svg.Rectangle(x, y - 5, 11, 10, Fill(figure, series)));

    private static string HintOf(BarFigure figure, DrawingFrame frame, int series, int category) =>
        $"{figure.Categories[category]}, {frame.Language.Word(figure.Series[series].Name)}: " +
            $"{frame.Numbers.Of(figure.Series[series].Values[category], figure.Format)}";
}
