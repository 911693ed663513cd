using System.Xml.Linq;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>Points with their names; groups differ by shape and colour.</summary>
internal static class ScatterDrawing
{
    private const double PlotHeight = 430;
    private const int MostNames = 80;

    public static XElement Draw(ScatterFigure figure, DrawingFrame frame)
    {
        string[] groups = [.. figure.Points.Select(point => point.Group).Distinct()];
        var names = Legend.Words(groups, frame.Language);
        var legend = groups.Length > 1 ? Legend.Height(names, frame.Width) : 0;
        var height = PlotHeight + legend;
        var xs = Range(figure.Points.Select(point => point.X));
        var plot = new Plot(frame, Range(figure.Points.Select(point => point.Y)), ValueFormat.Auto, height, right: 30, top: 30 + legend);
        var x = new LinearScale(xs.First, xs.Last, plot.Left + 8, plot.Right - 8);
        var points = figure.Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).Select(point =>
        {
            var group = Array.IndexOf(groups, point.Group);
            return Svg.Group($"series s{Palette.Of(group)}",
                PointShape.Draw(group, x[point.X], plot.Y[point.Y], 4.5).Hint($"{point.Label} ({frame.Language.Word(point.Group)})"),
                figure.Points.Count <= MostNames ? Name(point, x, plot) : null);
        });
        return Svg.Picture(
            frame, frame.Width, height, plot.Grid(), plot.XTicks(xs, x), plot.Names(figure.X, figure.Y), points,
            groups.Length > 1 ? Legend.Draw(names, 22, frame.Width, (group, left, y) => Svg.Group($"series s{Palette.Of(group)}", PointShape.Draw(group, left + 6, y, 4.5))) : null);
    }

    private static XElement Name(ScatterPoint point, LinearScale x, Plot plot)
    {
        var isNearRight = x[point.X] + 10 + TextSize.Width(point.Label, DrawingFrame.FontSize) > plot.Right + 25;
        return Svg.Text(x[point.X] + (isNearRight ? -8 : 8), plot.Y[point.Y] + 4, point.Label, isNearRight ? "label end" : "label");
    }

    private static Ticks Range(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite).DefaultIfEmpty(0)];
        return Ticks.Covering(finite.Min(), finite.Max(), 6);
    }
}
