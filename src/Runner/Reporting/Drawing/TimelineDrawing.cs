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
        return Svg.Picture(frame, frame.Width, bottom + 42, Grid(),
            Svg.Group("end", bars.Select((bar, i) =>
                Svg.Text(left - 8, Top(i) + 11, TextSize.Fit(bar.Id, DrawingFrame.FontSize, MaxNameWidth)))),
            Svg.Group("bars", new XAttribute("stroke-width", BarHeight), bars.Select((bar, i) => Svg.Path(
                $"M{Svg.Number(x[bar.Start])} {Svg.Number(Top(i) + (BarHeight / 2))}h{Svg.Number(Math.Max(1, End(bar) - x[bar.Start]))}",
                $"{bar.State} s{Palette.Of(bar.Lane)}"))),
            Durations(isOutside: true), Durations(isOutside: false),
            Svg.Text(frame.Width - 14, bottom + 38, frame.Language.Phrase("seconds_since_start"), "name end"));

        double Top(int i) => 6 + (i * LineHeight);

        double End(TimelineBar bar) => x[bar.Start + bar.Seconds];

        IEnumerable<XElement> Grid()
        {
            foreach (var lines in ticks.Values.GroupBy(value => value == 0 ? "axis" : "grid"))
                yield return Svg.Lines(lines.Select(value => (x[value], 2.0, x[value], bottom)), lines.Key);
            yield return Svg.Group("label middle",
                ticks.Values.Select(value => Svg.Text(x[value], bottom + 16, frame.Numbers.Tick(value, ticks.Step, ValueFormat.Auto))));
        }

        // Behind the bar, or before it where there is no room.
        XElement Durations(bool isOutside) => Svg.Group(isOutside ? "value" : "value end", bars
            .Select((bar, i) => (Bar: bar, Y: Top(i) + 11, Text: frame.Numbers.Duration(TimeSpan.FromSeconds(bar.Seconds))))
            .Where(bar => End(bar.Bar) + 8 + TextSize.Width(bar.Text, 11) < frame.Width == isOutside)
            .Select(bar => Svg.Text(isOutside ? End(bar.Bar) + 5 : x[bar.Bar.Start] - 5, bar.Y, bar.Text)));
    }
}
