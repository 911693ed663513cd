using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Findings;
using Pipelines.Runner.Reporting.Sections;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Reporting;

/// <summary>
/// Writes <c>reports/&lt;pipeline&gt;.html</c>, of a run with overrides <c>reports/&lt;pipeline&gt;@&lt;overrides&gt;.html</c>, with the
/// numbers behind it in a folder of the same name.
/// </summary>
public static class Reports
{
    /// <summary>Writes only when something in the report would differ; then, and only then, the template engine is loaded.</summary>
    /// <param name="home">The folder that holds <c>reports-templates</c> and <c>stages</c>.</param>
    /// <returns>The report's path relative to the project root.</returns>
    /// <exception cref="ReportException">A template, language file or answers file is missing or wrong.</exception>
    public static string? WriteIfStale(Plan plan, RunRecord run, string projectRoot, string home)
    {
        var files = new ReportFiles(projectRoot, home);
        var key = ReportFreshness.Key(plan, run, files);
        return IsFresh(plan, projectRoot, key) ? ReportOf(plan) : Write(plan, run, projectRoot, files, key);
    }

    /// <summary>Whether the report is there and nothing in it would differ.</summary>
    public static bool IsFresh(Plan plan, RunRecord run, string projectRoot, string home) =>
        IsFresh(plan, projectRoot, ReportFreshness.Key(plan, run, new(projectRoot, home)));

    /// <summary>Writes in any case.</summary>
    /// <param name="check">Of what is read, which goes on meanwhile: nothing is written before it has ended well.</param>
    public static string? Write(Plan plan, RunRecord run, string projectRoot, string home, Task? check = null)
    {
        var files = new ReportFiles(projectRoot, home);
        return Write(plan, run, projectRoot, files, ReportFreshness.Key(plan, run, files), check);
    }

    private static string Write(Plan plan, RunRecord run, string projectRoot, ReportFiles files, string key, Task? check = null)
    {
        using ReportOutput output = new(projectRoot);
        try
        {
            Write(ReportContents.Of(ContextOf(plan, run, files), files), plan, projectRoot, output);
        }
        finally
        {
            // What is damaged may be the reason why something else went wrong, and is said instead.
            check?.GetAwaiter().GetResult();
        }
        // Last: without its key a report counts as stale.
        output.Write(KeyOf(plan, projectRoot), key);
        output.Finish();
        return ReportOf(plan);
    }

    private static void Write(ReportContents contents, Plan plan, string projectRoot, ReportOutput output)
    {
        output.WriteBeside(plan.RunName, contents.Beside);
        output.Write(ReportFiles.KeptAnswersOf(plan.RunName, projectRoot), contents.Answers.ToJson());
        output.Write(ReportOf(plan), contents.Page);
    }

    /// <param name="template">Null: that of the pipeline.</param>
    internal static string Text(Plan plan, RunRecord run, ReportFiles files, string? template = null)
    {
        var context = ContextOf(plan, run, files);
        context = context with { Template = template ?? context.Template };
        return ReportContents.PageOf(ReportBuilder.Build(context), context, files);
    }

    /// <summary>Writes the same report with another template beside it, e.g. <c>reports/icd10.summary.html</c>.</summary>
    /// <param name="template">The name of a page, or of a Markdown template.</param>
    /// <returns>Its path relative to the project root.</returns>
    /// <exception cref="ReportException">There is no such template, or something is wrong with it.</exception>
    public static string WriteWith(string template, Plan plan, RunRecord run, string projectRoot, string home)
    {
        ReportFiles files = new(projectRoot, home);
        var (file, ending) = files.TemplateNamed(template, plan);
        var path = $"reports/{plan.RunName}.{template}{ending}";
        using ReportOutput output = new(projectRoot);
        output.Write(path, Text(plan, run, files, file));
        output.Finish();
        return path;
    }

    /// <summary>All that would be written, without writing it.</summary>
    /// <param name="template">The name of another one than the pipeline's; empty: the pipeline's.</param>
    /// <exception cref="ReportException">There is no such template, or something is wrong with it.</exception>
    internal static ReportContents Contents(Plan plan, RunRecord run, string projectRoot, string home, string template = "")
    {
        ReportFiles files = new(projectRoot, home);
        var context = ContextOf(plan, run, files);
        if (template.Length > 0)
            context = context with { Template = files.TemplateNamed(template, plan).File };
        return ReportContents.Of(context, files);
    }

    /// <summary>What a report reads of a run besides its record: cards, and the tables whose rows findings look at.</summary>
    public static IReadOnlyList<Artifact> ReadOf(RunRecord run) =>
        [.. run.Stages.SelectMany(stage => stage.Outcome.Shown?.ByPort.Values ?? []).SelectMany(port => port)
            .Where(artifact => artifact is Card || (artifact is Table table && RunTables.Reads(table)))
            .SelectMany(CarriedColumns.WithSources).DistinctBy(artifact => artifact.Id)];

    /// <summary>The answer and the titles of the findings of the report that is there, a line each.</summary>
    public static IReadOnlyList<string> Lines(Plan plan, string projectRoot) =>
        FindingsFile.Lines(FindingsFile.Of(Path.Combine(projectRoot, "reports", plan.RunName)));

    private static ReportContext ContextOf(Plan plan, RunRecord run, ReportFiles files) =>
        new(plan, run, files.Answers(plan), files.LanguageOf(plan)) { Parent = files.Parent(plan), Origin = files.Origin(plan) };

    private static bool IsFresh(Plan plan, string projectRoot, string key) =>
        ReportFreshness.IsFresh(Path.Combine(projectRoot, ReportOf(plan)), KeyOf(plan, projectRoot), key)
        && ReportOutput.IsWhole(plan.RunName, projectRoot);

    /// <summary>Whether the report was made after the last change of all these files.</summary>
    internal static bool IsMadeSince(Plan plan, string projectRoot, IReadOnlyList<string> files)
    {
        var key = KeyOf(plan, projectRoot);
        return File.Exists(key) && files.All(path => File.GetLastWriteTimeUtc(path) <= File.GetLastWriteTimeUtc(key));
    }

    private static string ReportOf(Plan plan) => $"reports/{plan.RunName}.html";

    private static string KeyOf(Plan plan, string projectRoot) =>
        Path.Combine(ReportFiles.Kept(projectRoot), plan.RunName + ".key");
}
