using System.Xml.Linq;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>Points with their names where there is room; groups differ by shape and colour.</summary>
internal static class ScatterDrawing
{
    private const double PlotHeight = 430;
    private const double NarrowHeight = 230;
    private const int MaxNames = 120;
    private const int MaxPoints = 2000;
    private const double PointSize = 4.5;

    public static XElement Draw(ScatterFigure figure, DrawingFrame frame)
    {
        string[] groups = [.. figure.Points.Select(point => point.Group).Distinct()];
        var names = Legend.Words(groups, frame.Language);
        var legend = groups.Length > 1 ? Legend.Height(names, frame.Width) : 0;
        var height = (frame.Narrow ? NarrowHeight : PlotHeight) + legend;
        var plot = new Plot(
            frame, Range(figure.Points.Select(point => point.Y), frame), figure.YFormat, height, right: 30, top: 30 + legend);
        XAxis x = new(figure, plot, frame);
        ScatterPoint[] shown = [.. figure.Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).Take(MaxPoints)];
        var labels = shown.Length <= MaxNames
            ? PointNames.Place([.. shown.Select(point => (x[point.X], plot.Y[point.Y], point.Label))], frame.Width, plot.Bottom)
            : new XElement?[shown.Length];
        var points = shown.Select((point, i) => (Point: point, Label: labels[i])).GroupBy(one => Array.IndexOf(groups, one.Point.Group))
            .OrderBy(one => one.Key).Select(one => Svg.Group($"series s{Palette.Of(one.Key)}", MarksOf(one.Key, [.. one])));
        return Svg.Picture(
            frame, frame.Width, height, plot.Grid(), x.Labels(), plot.Names(figure.X, figure.Y),
            figure.MarkX is { } mark ? plot.Mark(x[mark], frame.Numbers.Of(mark)) : null, points,
            Svg.Group("label", labels.OfType<XElement>()),
            groups.Length > 1
                ? Legend.Draw(names, 22, frame.Width,
                    (group, left, y) => Svg.Group($"series s{Palette.Of(group)}", PointShape.Draw(group, left + 6, y, 4.5)))
                : null);

        // Points with a name beside them are one element; the others say theirs under the pointer.
        IEnumerable<XElement> MarksOf(int group, IReadOnlyList<(ScatterPoint Point, XElement? Label)> all)
        {
            var named = all.Where(one => one.Label is not null || !frame.HasHints).Select(one => At(one.Point)).ToList();
            if (named.Count > 0)
                yield return PointShape.DrawAll(group, named, PointSize);
            foreach (var (point, _) in all.Where(one => one.Label is null && frame.HasHints))
                yield return PointShape.Draw(group, x[point.X], plot.Y[point.Y], PointSize)
                    .Hint(groups.Length > 1 ? $"{point.Label} ({frame.Language.Word(point.Group)})" : point.Label);
        }

        (double X, double Y) At(ScatterPoint point) => (x[point.X], plot.Y[point.Y]);
    }

    private static Ticks Range(IEnumerable<double> values, DrawingFrame frame)
    {
        double[] finite = [.. values.Where(double.IsFinite).DefaultIfEmpty(0)];
        return Ticks.Covering(finite.Min(), finite.Max(), frame.Narrow ? 4 : 6);
    }

    /// <summary>Equal distances or equal ratios.</summary>
    private sealed class XAxis
    {
        private const double Room = 12;

        private readonly Plot _plot;
        private readonly DrawingFrame _frame;
        private readonly bool _isLogarithmic;
        private readonly Ticks? _ticks;
        private readonly LinearScale _scale;

        public XAxis(ScatterFigure figure, Plot plot, DrawingFrame frame)
        {
            (_plot, _frame, _isLogarithmic) = (plot, frame, figure.HasLogarithmicX);
            var xs = figure.Points.Select(point => point.X);
            if (!_isLogarithmic)
            {
                _ticks = Range(xs, frame);
                _scale = new(_ticks.First, _ticks.Last, plot.Left + 8, plot.Right - 8);
                return;
            }
            double[] positive = [.. xs.Where(x => x > 0).DefaultIfEmpty(1)];
            var (low, high) = (Math.Log10(positive.Min()), Math.Log10(positive.Max()));
            _scale = new(low, Math.Max(high, low + 0.1), plot.Left + Room, plot.Right - Room);
        }

        public double this[double value] => _scale[_isLogarithmic ? Math.Log10(value) : value];

        public IEnumerable<XElement> Labels()
        {
            if (_ticks is not null)
                return _plot.XTicks(_ticks, _scale);
            // 1, 2, 5, 10, 20, 50 …
            var first = (int)Math.Floor(_scale.FromLow);
            var values = Enumerable.Range(first, (int)Math.Ceiling(_scale.FromHigh) - first + 1)
                .SelectMany(power => new[] { 1, 2, 5 }, (power, round) => round * Math.Pow(10, power))
                .Where(value => Math.Log10(value) >= _scale.FromLow - 1e-9 && Math.Log10(value) <= _scale.FromHigh + 1e-9);
            return values.SelectMany(value => new[]
            {
                Svg.Line(this[value], _plot.Bottom, this[value], _plot.Bottom + 4, "axis"),
                Svg.Text(this[value], _plot.Bottom + 18, _frame.Numbers.Of(value), "label middle"),
            });
        }
    }
}
