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
        picture.Attribute("style")!.Remove();
        TemplateFolder templates = files.TemplatesOf(plan);
        return PictureFile.Of(picture, templates.Read("colours.css") + templates.Read("graph.css"));
    }
}
