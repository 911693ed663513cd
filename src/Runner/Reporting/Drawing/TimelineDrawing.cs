using System.Xml.Linq;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Drawing;

/// <param name="State">As of <see cref="GraphNode"/>.</param>
/// <param name="Start">In seconds since the run began.</param>
internal sealed record TimelineBar(string Id, string State, int Lane, double Start, double Seconds);

/// <summary>Which stage was executed when: one line a stage, one colour a place side by side (Gantt).</summary>
internal static class TimelineDrawing
{
    private const double LineHeight = 22;
    private const double BarHeight = 13;
    private const double MaxNameWidth = 200;

    public static XElement Draw(IReadOnlyList<TimelineBar> bars, DrawingFrame frame)
    {
        var left = 8 + Math.Min(MaxNameWidth, bars.Max(bar => TextSize.Width(bar.Id, DrawingFrame.FontSize)));
        var bottom = 6 + (bars.Count * LineHeight);
        var ticks = Ticks.Covering(0, bars.Max(bar => bar.Start + bar.Seconds), 6);
        LinearScale x = new(0, ticks.Last, left, frame.Width - 14);
        return Svg.Picture(frame, frame.Width, bottom + 42, Grid(), bars.Select(Line),
            Svg.Text(frame.Width - 14, bottom + 38, frame.Language.Phrase("seconds_since_start"), "name end"));

        IEnumerable<XElement> Grid()
        {
            foreach (var lines in ticks.Values.GroupBy(value => value == 0 ? "axis" : "grid"))
                yield return Svg.Lines(lines.Select(value => (x[value], 2.0, x[value], bottom)), lines.Key);
            yield return Svg.Group("label middle",
                ticks.Values.Select(value => Svg.Text(x[value], bottom + 16, frame.Numbers.Tick(value, ticks.Step, ValueFormat.Auto))));
        }

        XElement Line(TimelineBar bar, int i)
        {
            var top = 6 + (i * LineHeight);
            var duration = frame.Numbers.Duration(TimeSpan.FromSeconds(bar.Seconds));
            var end = x[bar.Start + bar.Seconds];
            var isOutside = end + 8 + TextSize.Width(duration, 11) < frame.Width;
            return Svg.Group($"span {bar.State} s{Palette.Of(bar.Lane)}",
                Svg.Text(left - 8, top + 11, TextSize.Fit(bar.Id, DrawingFrame.FontSize, MaxNameWidth), "end"),
                Svg.Rectangle(x[bar.Start], top, Math.Max(1, end - x[bar.Start]), BarHeight, "bar").With(new XAttribute("rx", "2")),
                Svg.Text(isOutside ? end + 5 : x[bar.Start] - 5, top + 11, duration, isOutside ? "value" : "value end"));
        }
    }
}
