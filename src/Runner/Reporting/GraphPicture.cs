using System.Xml.Linq;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Drawing;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Rendering;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Reporting;

/// <summary>The graph of a pipeline as a picture of its own: the drawing of the report with its colours inside.</summary>
public static class GraphPicture
{
    private const string State = "planned";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <param name="home">The folder that holds <c>reports-templates</c>.</param>
    /// <exception cref="ReportException">A style sheet or language file is missing.</exception>
    public static string Of(Plan plan, string projectRoot, string home)
    {
        ReportFiles files = new(projectRoot, home);
        var language = files.LanguageOf(plan);
        var title = plan.Title.In(language.Code) is { Length: > 0 } text ? Typography.Set(text, language.Code) : plan.Pipeline;
        DrawingFrame frame = new("graph", title, language.Phrase("graph_description", ("count", language.Numbers.Of(plan.Stages.Count))),
            language, Narrow: true);
        var picture = PipelineGraph.Draw(plan.Stages, box => new(box.Title, box.Kind, State, ""), frame);
        var size = ((string)picture.Attribute("viewBox")!).Split(' ');
        picture.SetAttributeValue("width", size[2]);
        picture.SetAttributeValue("height", size[3]);
        picture.Attribute("style")!.Remove();
        TemplateFolder templates = files.TemplatesOf(plan);
        picture.AddFirst(
            new XElement("style", templates.Read("colours.css") + templates.Read("graph.css")),
            new XElement("rect", new XAttribute("class", "paper"), new XAttribute("width", "100%"), new XAttribute("height", "100%")));
        foreach (var element in picture.DescendantsAndSelf())
            element.Name = Svg + element.Name.LocalName;
        return picture.ToString(SaveOptions.DisableFormatting) + "\n";
    }
}
