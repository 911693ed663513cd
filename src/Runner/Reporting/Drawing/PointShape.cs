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

    /// <summary>The marks of a curve as one element.</summary>
    public static XElement DrawAll(int series, IEnumerable<(double X, double Y)> points, double size) => Svg.Path(
        string.Concat(points.Select(point => Outline(series % 5, point.X, point.Y, size))), series % 5 == 4 ? "point hollow" : "point");

    private static string Outline(int shape, double x, double y, double size) => shape switch
    {
        1 => $"M{Svg.Number(x - size)} {Svg.Number(y - size)}h{Svg.Number(2 * size)}v{Svg.Number(2 * size)}h{Svg.Number(-2 * size)}z",
        2 => $"M{Svg.Number(x)} {Svg.Number(y - (1.3 * size))}l{Svg.Number(1.2 * size)} {Svg.Number(2.3 * size)}"
            + $"h{Svg.Number(-2.4 * size)}z",
        3 => $"M{Svg.Number(x)} {Svg.Number(y - (1.4 * size))}l{Svg.Number(1.4 * size)} {Svg.Number(1.4 * size)}"
            + $"l{Svg.Number(-1.4 * size)} {Svg.Number(1.4 * size)}l{Svg.Number(-1.4 * size)} {Svg.Number(-1.4 * size)}z",
        _ => $"M{Svg.Number(x - size)} {Svg.Number(y)}a{Svg.Number(size)} {Svg.Number(size)} 0 1 0 {Svg.Number(2 * size)} 0"
            + $"a{Svg.Number(size)} {Svg.Number(size)} 0 1 0 {Svg.Number(-2 * size)} 0",
    };

    private static XElement Disc(double x, double y, double radius, string classes) => new(
        "circle", new XAttribute("class", classes), new XAttribute("cx", Svg.Number(x)), new XAttribute("cy", Svg.Number(y)),
        new XAttribute("r", Svg.Number(radius)));

    private static XElement Polygon(IEnumerable<(double X, double Y)> corners) => new(
        "polygon", new XAttribute("class", "point"),
        new XAttribute("points", string.Join(' ', corners.Select(corner => $"{Svg.Number(corner.X)},{Svg.Number(corner.Y)}"))));
}
