using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Answers;
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
        if (report is { Folder: { } folder, TemplateAt: { } folderAt })
            missing.AddRange(Folder(folder, folderAt, projectRoot));
        else if (report.TemplateAt is { } templateAt && !File.Exists(Path.Combine(templates, report.Template + TemplateFolder.Extension)))
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

    private static IEnumerable<Diagnostic> Folder(string folder, SourceSpan at, string projectRoot)
    {
        var path = Path.GetFullPath(folder, projectRoot);
        if (!ProjectFolder.Holds(projectRoot, path))
            yield return new("foreign-file", Severity.Error, $"{Quoted.Short(folder)} lies outside the project", at,
                $"copy it into {projectRoot}");
        else if (!Directory.Exists(path))
            yield return new("missing-template", Severity.Error, $"there is no folder {Quoted.Short(folder)}", at,
                $"it holds the files of reports-templates/ that you change; paths are relative to {projectRoot}");
    }

    /// <summary>What is wrong in the template, in the language file and in the answers.</summary>
    /// <param name="sources">The pipeline's: where a report was made after all changes nothing is looked at; null: it is.</param>
    public static IReadOnlyList<Diagnostic> OfContents(Plan plan, string projectRoot, string home, IReadOnlyList<string>? sources)
    {
        var files = new ReportFiles(projectRoot, home);
        var isMissing = plan.Report is { Folder: { } folder, TemplateAt: { } at } && Folder(folder, at, projectRoot).Any();
        if (isMissing || !File.Exists(files.TemplatesOf(plan).PathOf(plan.Report.Template + TemplateFolder.Extension))
            || (sources is not null && Reports.IsMadeSince(plan, projectRoot, [.. files.Read(plan), .. sources])))
            return [];
        var language = files.CheckLanguage(plan);
        return language.Count > 0 ? language
            : [.. ReportWordCheck.Of(plan, files), .. CheckTemplate(plan, files), .. CheckAnswers(plan, projectRoot)];
    }

    private static IReadOnlyList<Diagnostic> CheckAnswers(Plan plan, string projectRoot) =>
        plan.Report.Answers is { } answers && Path.Combine(projectRoot, answers) is var path
            && FileStamp.IsFile(path) && ProjectFolder.Holds(projectRoot, path) ? AnswerCheck.Of(plan, path) : [];

    // In a method of its own, so that the template engine is loaded only where templates are looked at.
    private static IReadOnlyList<Diagnostic> CheckTemplate(Plan plan, ReportFiles files)
    {
        TemplateCheck check = new(files.TemplatesOf(plan), files.PhrasesOf(plan));
        check.Of(plan.Report.Template + TemplateFolder.Extension);
        string[] own = files.OwnFolder(plan) is { } folder
            ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path))
                .Order(StringComparer.Ordinal)]
            : [];
        var replacing = own.ToLookup(name => File.Exists(Path.Combine(files.Templates, name)));
        // Chapters are included by what the report has, so that no template says which.
        foreach (var name in replacing[true])
            if (Path.GetExtension(name) is TemplateFolder.Extension or TemplateFolder.MarkdownExtension)
                check.Of(name);
        return [.. check.Found, .. replacing[false].Where(name => !check.Seen.Contains(name)).Select(name => Unused(plan, files, name))];
    }

    private static Diagnostic Unused(Plan plan, ReportFiles files, string name) => new(
        "unused-template", Severity.Warning,
        $"{Quoted.Short(Path.Combine(plan.Report.Folder!, name))} takes the place of no template, and none includes it",
        plan.Report.TemplateAt!, Nearest.Help(name, files.TemplateNames(), "templates"));

    private static string[] NamesIn(string templates) => !Directory.Exists(templates) ? []
        : [.. Directory.EnumerateFiles(templates, "*" + TemplateFolder.Extension).Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(name => name != ComparisonPage.Template).Order(StringComparer.Ordinal)];
}
