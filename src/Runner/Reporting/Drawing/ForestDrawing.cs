using System.Xml.Linq;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>A forest plot: a point with its interval in a row each, values written at the right.</summary>
internal static class ForestDrawing
{
    private const double RowHeight = 26;
    private const double Top = 16;
    private const double WhiskerHeight = 5;
    private const double MaxNameWidth = 340;
    private const double MaxNarrowName = 165;
    private const double LeastWidth = 140;

    public static XElement Draw(IntervalFigure figure, DrawingFrame frame)
    {
        var left = 12
            + Math.Min(MaxName(frame), figure.Rows.Select(row => TextSize.Width(row.Label, DrawingFrame.FontSize)).DefaultIfEmpty(0).Max());
        // Where names and numbers would leave no room to see anything, the intervals are only drawn.
        if (!frame.IsGlance && frame.Width - RoomFor(figure, frame) - left < LeastWidth)
            frame = frame with { IsGlance = true };
        var room = RoomFor(figure, frame);
        var bottom = Top + (figure.Rows.Count * RowHeight);
        double[] ends = [.. figure.Rows.SelectMany(row => new[] { row.Value, row.Low, row.High })
            .Concat(figure.MarkX is { } mark ? [mark] : []).Where(double.IsFinite)];
        var ticks = Ticks.Covering(ends.DefaultIfEmpty(0).Min(), ends.DefaultIfEmpty(1).Max(), frame.IsGlance ? 2 : frame.Narrow ? 4 : 6);
        LinearScale x = new(ticks.First, ticks.Last, left, frame.Width - room);
        List<XElement> content = [];
        content.Add(Svg.Lines(ticks.Values.Select(value => (x[value], Top - 6, x[value], bottom)), "grid"));
        content.Add(Svg.Group("label middle",
            ticks.Values.Select(value => Svg.Text(x[value], bottom + 16, frame.Numbers.Tick(value, ticks.Step, figure.Format)))));
        if (figure.MarkX is { } marked)
            content.Add(Svg.Line(x[marked], Top - 6, x[marked], bottom, "mark"));
        for (var row = 0; row < figure.Rows.Count; row++)
            content.AddRange(Row(figure, figure.Rows[row], frame, x, left, Top + ((row + 0.5) * RowHeight) - 2));
        content.Add(Svg.Text(frame.Width - room, bottom + 34, Language.Capitalized(frame.Language.Word(figure.X)), "name end"));
        return Svg.Picture(frame, frame.Width, bottom + 42, content);
    }

    private static double RoomFor(IntervalFigure figure, DrawingFrame frame) => 12
        + figure.Rows.Select(row => TextSize.Width(ValueOf(row, figure, frame), DrawingFrame.FontSize)).DefaultIfEmpty(0).Max();

    private static IEnumerable<XElement> Row(IntervalFigure figure, IntervalRow row, DrawingFrame frame, LinearScale x, double left,
        double y)
    {
        yield return Svg.Text(left - 10, y + 4, TextSize.Fit(row.Label, DrawingFrame.FontSize, MaxName(frame)), "label end");
        yield return Svg.Text(frame.Width, y + 4, ValueOf(row, figure, frame), "value end");
        if (!double.IsFinite(row.Value) || !double.IsFinite(row.Low) || !double.IsFinite(row.High))
            yield break;
        var (low, high) = (Svg.Number(x[row.Low]), Svg.Number(x[row.High]));
        var (above, middle, below) = (Svg.Number(y - WhiskerHeight), Svg.Number(y), Svg.Number(y + WhiskerHeight));
        yield return Svg.Group(
            "series s0", Svg.Path($"M{low} {middle}H{high}M{low} {above}V{below}M{high} {above}V{below}", "curve"),
            PointShape.Draw(0, x[row.Value], y, 4.5))
            .Hint($"{row.Label}: {ValueOf(row, figure, frame)}");
    }

    private static double MaxName(DrawingFrame frame) => frame.Narrow ? MaxNarrowName : MaxNameWidth;

    private static string ValueOf(IntervalRow row, IntervalFigure figure, DrawingFrame frame)
    {
        if (frame.IsGlance)
            return frame.Numbers.Of(row.Value, frame.Numbers.Apart(figure.Format, figure.Rows.Select(other => other.Value)));
        var style = frame.Numbers.Apart(figure.Format, [row.Value, row.Low, row.High]);
        return $"{frame.Numbers.Of(row.Value, style)} [{frame.Numbers.Of(row.Low, style)} ; {frame.Numbers.Of(row.High, style)}]";
    }
}
