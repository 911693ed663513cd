using System.Xml.Linq;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>Points with their names where there is room; groups differ by shape and colour.</summary>
internal static class ScatterDrawing
{
    private const double PlotHeight = 430;
    private const int MaxNames = 120;
    private const int MaxPoints = 2000;

    public static XElement Draw(ScatterFigure figure, DrawingFrame frame)
    {
        string[] groups = [.. figure.Points.Select(point => point.Group).Distinct()];
        var names = Legend.Words(groups, frame.Language);
        var legend = groups.Length > 1 ? Legend.Height(names, frame.Width) : 0;
        var height = PlotHeight + legend;
        var xs = Range(figure.Points.Select(point => point.X));
        var plot = new Plot(frame, Range(figure.Points.Select(point => point.Y)), ValueFormat.Auto, height, right: 30, top: 30 + legend);
        var x = new LinearScale(xs.First, xs.Last, plot.Left + 8, plot.Right - 8);
        ScatterPoint[] shown = [.. figure.Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).Take(MaxPoints)];
        var labels = shown.Length <= MaxNames
            ? PointNames.Place([.. shown.Select(point => (x[point.X], plot.Y[point.Y], point.Label))], frame.Width)
            : new XElement?[shown.Length];
        var points = shown.Select((point, i) =>
        {
            var group = Array.IndexOf(groups, point.Group);
            return Svg.Group($"series s{Palette.Of(group)}",
                PointShape.Draw(group, x[point.X], plot.Y[point.Y], 4.5).Hint($"{point.Label} ({frame.Language.Word(point.Group)})"),
                labels[i]);
        });
        return Svg.Picture(
            frame, frame.Width, height, plot.Grid(), plot.XTicks(xs, x), plot.Names(figure.X, figure.Y), points,
            groups.Length > 1
                ? Legend.Draw(names, 22, frame.Width,
                    (group, left, y) => Svg.Group($"series s{Palette.Of(group)}", PointShape.Draw(group, left + 6, y, 4.5)))
                : null);
    }

    private static Ticks Range(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite).DefaultIfEmpty(0)];
        return Ticks.Covering(finite.Min(), finite.Max(), 6);
    }
}
