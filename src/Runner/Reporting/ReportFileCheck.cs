using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Rendering;

namespace Pipelines.Runner.Reporting;

/// <summary>Looks for the files that a report names before anything runs: nobody wants to hear of them after an hour of training.</summary>
public static class ReportFileCheck
{
    /// <param name="home">The folder that holds <c>reports-templates</c>.</param>
    public static IReadOnlyList<Diagnostic> Of(Plan plan, string projectRoot, string home)
    {
        List<Diagnostic> missing = [];
        var report = plan.Report;
        var templates = Path.Combine(home, "reports-templates");
        if (report.TemplateAt is { } templateAt && !File.Exists(Path.Combine(templates, report.Template + TemplateFolder.Extension)))
            missing.Add(
                new("missing-template", Severity.Error, $"there is no template {Quoted.Short(report.Template)}", templateAt,
                    Nearest.Help(report.Template, NamesIn(templates), "templates")));
        if (report is { Answers: { } answers, AnswersAt: { } answersAt } && !File.Exists(Path.Combine(projectRoot, answers)))
            missing.Add(
                new("missing-file", Severity.Error, $"there is no file {Quoted.Short(answers)}", answersAt,
                    $"it holds your own text, in Markdown; paths are relative to {projectRoot}"));
        else if (report is { Answers: { } special, AnswersAt: { } specialAt } && FileStamp.IsSpecial(Path.Combine(projectRoot, special)))
            missing.Add(
                new("special-file", Severity.Error, $"{Quoted.Short(special)} is a pipe or a device, not a file", specialAt,
                    "write what it gives into a file first"));
        else if (report is { Answers: { } own, AnswersAt: { } ownAt } && !ProjectFolder.Holds(projectRoot, Path.Combine(projectRoot, own)))
            missing.Add(
                new("foreign-file", Severity.Error, $"{Quoted.Short(own)} lies outside the project", ownAt, $"copy it into {projectRoot}"));
        return missing;
    }

    private static string[] NamesIn(string templates) => !Directory.Exists(templates) ? []
        : [.. Directory.EnumerateFiles(templates, "*" + TemplateFolder.Extension).Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(name => name != ComparisonPage.Template).Order(StringComparer.Ordinal)];
}
