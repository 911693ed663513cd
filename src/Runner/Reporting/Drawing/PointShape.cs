using System.Xml.Linq;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>The mark of a series: disc, square, triangle, diamond, ring.</summary>
internal static class PointShape
{
    public static XElement Draw(int series, double x, double y, double size) => (series % 5) switch
    {
        0 => Disc(x, y, size, "point"),
        1 => Svg.Rectangle(x - size, y - size, 2 * size, 2 * size, "point"),
        2 => Polygon([(x, y - (1.3 * size)), (x + (1.2 * size), y + size), (x - (1.2 * size), y + size)]),
        3 => Polygon([(x, y - (1.4 * size)), (x + (1.4 * size), y), (x, y + (1.4 * size)), (x - (1.4 * size), y)]),
        _ => Disc(x, y, size, "point hollow"),
    };

    private static XElement Disc(double x, double y, double radius, string classes) => new(
        "circle", new XAttribute("class", classes), new XAttribute("cx", Svg.Number(x)), new XAttribute("cy", Svg.Number(y)),
        new XAttribute("r", Svg.Number(radius)));

    private static XElement Polygon(IEnumerable<(double X, double Y)> corners) => new(
        "polygon", new XAttribute("class", "point"),
        new XAttribute("points", string.Join(' ', corners.Select(corner => $"{Svg.Number(corner.X)},{Svg.Number(corner.Y)}"))));
}
