using System.Xml.Linq;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>A share between 0 and 1 on a line, with its interval and what is had without a model. Decorative: the sentence beside it says
/// the same.</summary>
internal static class ScoreScale
{
    private const double Width = 330;
    private const double Edge = 8;
    private const double Track = 42;
    private const double LineHeight = 17;
    private const double FontSize = 12;

    public static XElement Draw(
        double value, string label, double? low, double? high, string? interval, (double Value, string Label)? baseline)
    {
        LinearScale x = new(0, 1, Edge, Width - Edge);
        List<XElement> content = [Svg.Line(x[0], Track, x[1], Track, "track")];
        if (low is { } from && high is { } to)
            content.Add(Svg.Rectangle(x[from], Track - 8, x[to] - x[from], 16, "range"));
        content.Add(Svg.Rectangle(x[value] - 2, Track - 12, 4, 24, "here"));
        content.Add(Text(x[value], Track - 20, label, "value here-label"));
        var taken = (Left: double.PositiveInfinity, Right: double.NegativeInfinity);
        if (interval is not null)
        {
            var text = Text(x[value], Track + 28, interval, "label");
            taken = Span(x[value], interval);
            content.Add(text);
        }
        var height = Track + 34;
        if (baseline is { } known)
        {
            content.Add(Svg.Line(x[known.Value], Track - 8, x[known.Value], Track + 8, "without"));
            var (left, right) = Span(x[known.Value], known.Label);
            var isFree = right + 6 < taken.Left || left - 6 > taken.Right;
            content.Add(Text(x[known.Value], Track + 28 + (isFree ? 0 : LineHeight), known.Label, "label"));
            height += isFree ? 0 : LineHeight;
        }
        return new XElement(
            "svg", new XAttribute("viewBox", $"0 0 {Svg.Number(Width)} {Svg.Number(height)}"), new XAttribute("class", "scale"),
            new XAttribute("aria-hidden", "true"), content);
    }

    private static XElement Text(double x, double y, string text, string classes)
    {
        var (left, right) = Span(x, text);
        return Svg.Text((left + right) / 2, y, text, classes + " middle");
    }

    // Kept on the paper.
    private static (double Left, double Right) Span(double x, string text)
    {
        var half = TextSize.Width(text, FontSize) / 2;
        var middle = Math.Clamp(x, half, Math.Max(half, Width - half));
        return (middle - half, middle + half);
    }
}
