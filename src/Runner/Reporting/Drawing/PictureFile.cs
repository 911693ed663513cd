using System.Xml.Linq;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>A drawing of a page as a file of its own, with its size, its style sheet and its paper inside.</summary>
internal static class PictureFile
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string Of(XElement picture, string style)
    {
        var size = ((string)picture.Attribute("viewBox")!).Split(' ');
        picture.SetAttributeValue("width", size[2]);
        picture.SetAttributeValue("height", size[3]);
        picture.AddFirst(
            new XElement("style", style),
            new XElement("rect", new XAttribute("class", "paper"), new XAttribute("width", "100%"), new XAttribute("height", "100%")));
        foreach (var element in picture.DescendantsAndSelf())
            element.Name = Svg + element.Name.LocalName;
        return picture.ToString(SaveOptions.DisableFormatting) + "\n";
    }
}
