using System.Xml.Linq;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>A share between 0 and 1 with its confidence interval, as a strip under a number. Decorative: the numbers stand beside
/// it.</summary>
internal static class IntervalDrawing
{
    private const double Width = 160;
    private const double Height = 12;

    public static XElement Draw(double value, double? low, double? high)
    {
        var x = new LinearScale(0, 1, 1, Width - 1);
        return new XElement(
            "svg", new XAttribute("viewBox", $"0 0 {Svg.Number(Width)} {Svg.Number(Height)}"), new XAttribute("class", "interval"),
            new XAttribute("aria-hidden", "true"),
            Svg.Line(x[0], Height / 2, x[1], Height / 2, "track"),
            low is null || high is null ? null : Svg.Rectangle(x[low.Value], (Height / 2) - 3, x[high.Value] - x[low.Value], 6, "range"),
            Svg.Rectangle(x[value] - 1, 1, 2, Height - 2, "here"));
    }
}
