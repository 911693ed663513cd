using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Rendering;

namespace Pipelines.Runner.Reporting;

/// <summary>A comparison as a page of its own, with the looks of a report.</summary>
public static class ComparisonPage
{
    internal const string Template = "comparison";

    /// <param name="home">The folder that holds <c>reports-templates</c>.</param>
    /// <exception cref="ReportException">A template or language file is missing or wrong.</exception>
    public static string Of(Comparison comparison, string language, string home)
    {
        ReportFiles files = new("", home);
        var words = files.Language(language);
        return ReportRenderer.Render(new(files.Templates), Template, ComparisonModel.Of(comparison, words), words.Phrases);
    }
}
