using System.Globalization;
using System.Xml.Linq;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>Elements of SVG; XML does the escaping, classes of theme.css do the colours.</summary>
internal static class Svg
{
    /// <summary>A picture that tells a reader who cannot see it what it shows.</summary>
    public static XElement Picture(DrawingFrame frame, double width, double height, params IEnumerable<object?> content) => new(
        "svg",
        new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
        new XAttribute("role", "img"),
        width == DrawingFrame.FullWidth ? null : new XAttribute("style", $"--natural-width:{Number(width)}px"),
        new XElement("title", PageText.Clean(frame.Title)),
        frame.Description.Length > 0 ? new XElement("desc", PageText.Clean(frame.Description)) : null,
        content);

    public static XElement Text(double x, double y, string text, string classes) =>
        Element("text", classes, ("x", x), ("y", y)).With(PageText.Clean(text));

    /// <summary>Of a text in a group that has its classes.</summary>
    public static XElement Text(double x, double y, string text) =>
        new("text", new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), PageText.Clean(text));

    public static XElement Line(double x1, double y1, double x2, double y2, string classes) =>
        Element("line", classes, ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2));

    /// <summary>Upright and level lines of one class as one element, which a page of many charts is much shorter for.</summary>
    public static XElement Lines(IEnumerable<(double X1, double Y1, double X2, double Y2)> lines, string classes) => Path(
        string.Concat(lines.Select(line => $"M{Number(line.X1)} {Number(line.Y1)}"
            + (line.Y1 == line.Y2 ? $"H{Number(line.X2)}" : $"V{Number(line.Y2)}"))),
        classes);

    public static XElement Rectangle(double x, double y, double width, double height, string? classes = null) =>
        Element("rect", classes, ("x", x), ("y", y), ("width", Math.Max(0, width)), ("height", Math.Max(0, height)));

    public static XElement Path(string data, string classes) => new("path", new XAttribute("class", classes), new XAttribute("d", data));

    public static XElement Group(string classes, params IEnumerable<object?> content) =>
        new("g", new XAttribute("class", classes), content);

    /// <summary>One decimal, which is finer than any screen; never <c>-0</c>.</summary>
    public static string Number(double value)
    {
        var text = value.ToString("0.#", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    /// <summary>Shown while the pointer rests on the element.</summary>
    public static XElement Hint(this XElement element, string text) => element.With(new XElement("title", PageText.Clean(text)));

    public static XElement With(this XElement element, object content)
    {
        element.Add(content);
        return element;
    }

    public static XElement Rotated(this XElement element, double degrees, double x, double y) =>
        element.With(new XAttribute("transform", $"rotate({Number(degrees)} {Number(x)} {Number(y)})"));

    private static XElement Element(string name, string? classes, params ReadOnlySpan<(string Name, double Value)> attributes)
    {
        XElement element = new(name, classes is null ? null : new XAttribute("class", classes));
        foreach (var (attribute, value) in attributes)
            element.Add(new XAttribute(attribute, Number(value)));
        return element;
    }
}
