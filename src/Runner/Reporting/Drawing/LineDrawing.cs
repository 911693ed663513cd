using System.Text;
using System.Xml.Linq;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>Curves, each named at its end and told apart by dashes and marks, not by colour alone.</summary>
internal static class LineDrawing
{
    private const int MaxMarks = 40;
    private const int MaxPoints = 600;
    private const double LabelDistance = 15;
    private const double WhiskerWidth = 4;

    /// <summary>Names at the ends of curves are bold.</summary>
    private const double BoldSize = DrawingFrame.FontSize * 1.16;

    public static XElement Draw(LineFigure figure, DrawingFrame frame)
    {
        var height = frame.IsGlance ? 220 : frame.Narrow ? DrawingFrame.NarrowHeight : 320;
        string[] names = [.. figure.Series.Select(series => Language.Capitalized(frame.Language.Word(series.Name)))];
        var room = names.Length > 1 ? 14 + names.Max(name => TextSize.Width(name, BoldSize)) : 12;
        double[] xs = [.. figure.Series.SelectMany(series => series.X).Where(double.IsFinite)];
        var plot = new Plot(frame, Ticks.ForValues(figure.Series.SelectMany(Heights), wanted: 5), figure.Format ?? ValueFormat.Auto, height,
            room);
        var x = new LinearScale(xs.DefaultIfEmpty(0).Min(), xs.DefaultIfEmpty(1).Max(), plot.Left + 8, plot.Right - 4);
        var ticks = Ticks.Covering(x.FromLow, x.FromHigh, frame.Narrow ? 5 : 9, xs.All(value => value == Math.Floor(value)));
        return Svg.Picture(
            frame, frame.Width, height, plot.Grid(), XLabels(figure, plot, ticks, x), plot.Names(figure.X, figure.Y, figure.IsDataX),
            Mark(figure, frame, plot, x),
            figure.Series.Select((series, i) => Curve(series, Palette.Of(series.Name, i), x, plot.Y)),
            names.Length > 1 ? Ends(figure, names, plot, x) : null);
    }

    private static IEnumerable<XElement> XLabels(LineFigure figure, Plot plot, Ticks ticks, LinearScale x) => figure.XNames is { } names
        ? names.Select((name, i) => Svg.Text(
            x[i], plot.Bottom + 18, name, i == 0 ? "label" : i == names.Count - 1 ? "label end" : "label middle"))
        : plot.XTicks(ticks, x, figure.XFormat);

    private static IEnumerable<double> Heights(LineSeries series) =>
        series.Y
            .Concat(Enumerable.Range(0, series.Y.Count).Where(series.HasWhisker)
                .SelectMany(i => new[] { series.Y[i] - series.Deviation![i], series.Y[i] + series.Deviation[i] }));

    private static IEnumerable<XElement> Mark(LineFigure figure, DrawingFrame frame, Plot plot, LinearScale x)
    {
        if (figure.MarkX is not { } mark)
            return [];
        var name = figure.MarkName is null ? "" : Language.Capitalized(frame.Language.Word(figure.MarkName)) + " ";
        return plot.Mark(x[mark], name + frame.Numbers.Of(mark));
    }

    private static XElement Curve(LineSeries series, int style, LinearScale x, LinearScale y)
    {
        StringBuilder path = new(), whiskers = new();
        List<(double X, double Y)> marks = [];
        var isDrawing = false;
        foreach (var i in Thinning.Keep(series.Y, MaxPoints))
        {
            if (!double.IsFinite(series.Y[i]))
            {
                isDrawing = false;
                continue;
            }
            path.Append(isDrawing ? 'L' : 'M').Append(Svg.Number(x[series.X[i]])).Append(' ').Append(Svg.Number(y[series.Y[i]]));
            isDrawing = true;
            marks.Add((x[series.X[i]], y[series.Y[i]]));
            if (series.HasWhisker(i))
                whiskers.Append(Whisker(x[series.X[i]], y[series.Y[i] - series.Deviation![i]], y[series.Y[i] + series.Deviation[i]]));
        }
        return Svg.Group(
            $"series s{style}", Svg.Path(path.ToString(), "curve"), whiskers.Length > 0 ? Svg.Path(whiskers.ToString(), "whisker") : null,
            marks.Count is > 0 and <= MaxMarks ? PointShape.DrawAll(style, marks, 3) : null);
    }

    private static string Whisker(double x, double low, double high)
    {
        var (left, right) = (Svg.Number(x - WhiskerWidth), Svg.Number(x + WhiskerWidth));
        return $"M{left} {Svg.Number(low)}H{right}M{left} {Svg.Number(high)}H{right}M{Svg.Number(x)} {Svg.Number(low)}V{Svg.Number(high)}";
    }

    // Names that would touch are moved apart, in the order of their curves' ends.
    private static IEnumerable<XElement> Ends(LineFigure figure, string[] names, Plot plot, LinearScale x)
    {
        var ends = figure.Series.Select((series, i) => (Index: i, Y: plot.Y[series.Y.LastOrDefault(double.IsFinite)]))
            .OrderBy(end => end.Y).ToList();
        var lowest = plot.Bottom - ((ends.Count - 1) * LabelDistance);
        var previous = double.NegativeInfinity;
        foreach (var (index, y) in ends)
        {
            previous = Math.Max(previous + LabelDistance, Math.Min(y, lowest));
            lowest += LabelDistance;
            yield return Svg.Text(x.ToHigh + 10, previous + 4, names[index],
                $"label series-name s{Palette.Of(figure.Series[index].Name, index)}");
        }
    }
}
