using System.Xml.Linq;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>Counts between edges, with an optional cut line.</summary>
internal static class HistogramDrawing
{
    public static XElement Draw(HistogramFigure figure, DrawingFrame frame)
    {
        var height = frame.Narrow ? DrawingFrame.NarrowHeight : 280;
        var plot = new Plot(frame, Ticks.Covering(0, figure.Counts.DefaultIfEmpty(0).Max(), 4, whole: true), ValueFormat.Integer, height);
        var x = new LinearScale(figure.Edges[0], Math.Max(figure.Edges[^1], figure.MarkX ?? figure.Edges[^1]), plot.Left + 4, plot.Right);
        var bars = figure.Counts.Select((count, i) =>
            Svg.Rectangle(x[figure.Edges[i]] + 0.5, plot.Y[count], x[figure.Edges[i + 1]] - x[figure.Edges[i]] - 1,
                plot.Bottom - plot.Y[count])
                .Hint($"{frame.Numbers.Of(figure.Edges[i])} – {frame.Numbers.Of(figure.Edges[i + 1])}: {frame.Numbers.Of(count)}"));
        var mark = figure.MarkX is { } cut
            ? plot.Mark(x[cut],
                (figure.MarkName is { } name ? Language.Capitalized(frame.Language.Word(name)) + " " : "")
                    + frame.Numbers.Of(figure.MarkValue ?? cut))
            : [];
        return Svg.Picture(
            frame, frame.Width, height, plot.Grid(), Svg.Group("bar s0 fill0", bars),
            plot.XTicks(Ticks.Covering(x.FromLow, x.FromHigh, 9), x), plot.Names(figure.X, "count"), mark);
    }
}
