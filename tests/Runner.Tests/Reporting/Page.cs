using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Pipelines.Tests.Runner.Reporting;

/// <summary>A report read as strictly as XML is: every tag closed, every attribute quoted, every sign escaped.</summary>
internal static partial class Page
{
    public static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new() { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    public static IEnumerable<XElement> Tagged(this XDocument page, string name, string? ofClass = null) =>
        page.Descendants(name).Where(element => ofClass is null || ClassesOf(element).Contains(ofClass));

    public static string[] ClassesOf(XElement element) => ((string?)element.Attribute("class") ?? "").Split(' ');

    /// <summary>Without the part that tells of one run on one machine.</summary>
    public static string WithoutRun(string html) => Run().Replace(html, "");

    [GeneratedRegex("<!-- run: begin -->.*?<!-- run: end -->", RegexOptions.Singleline)]
    private static partial Regex Run();
}
