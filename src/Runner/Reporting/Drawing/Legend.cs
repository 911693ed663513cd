using System.Xml.Linq;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>Names of series with a swatch, in rows above a chart.</summary>
internal static class Legend
{
    private const double RowHeight = 18;
    private const double Gap = 18;
    private const double Swatch = 16;

    /// <summary>Height of the rows.</summary>
    public static double Height(IEnumerable<string> names, double width) => Places(names, width).Last().Y + RowHeight;

    /// <param name="swatch">Draws the swatch of a series at the middle of its left edge.</param>
    public static IEnumerable<XElement> Draw(IReadOnlyList<string> names, double top, double width,
        Func<int, double, double, XElement> swatch)
    {
        var index = 0;
        foreach (var (x, y, name) in Places(names, width))
        {
            yield return swatch(index++, x, top + y + 8);
            yield return Svg.Text(x + Swatch, top + y + 12, name, "label");
        }
    }

    public static IReadOnlyList<string> Words(IEnumerable<string> keys, Language language) =>
        [.. keys.Select(key => Language.Capitalized(language.Word(key)))];

    private static IEnumerable<(double X, double Y, string Name)> Places(IEnumerable<string> names, double width)
    {
        var (x, y) = (0.0, 0.0);
        foreach (var name in names)
        {
            var needed = Swatch + TextSize.Width(name, DrawingFrame.FontSize);
            if (x > 0 && x + needed > width)
                (x, y) = (0, y + RowHeight);
            yield return (x, y, name);
            x += needed + Gap;
        }
    }
}
