using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Findings;
using Pipelines.Runner.Reporting.Rendering;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Reporting;

/// <summary>What a report is made from, beside plan and run: templates, words, answers.</summary>
internal sealed class ReportFiles(string projectRoot, string home)
{
    private static readonly string?[] NotOfReports = ["sample-run", "pages"];

    public string Templates { get; } = Path.Combine(home, "reports-templates");

    public Language Language(string code)
    {
        var name = $"reports-templates/languages/{code}.yaml";
        var path = Path.Combine(home, name);
        return File.Exists(path)
            ? LanguageReader.Read(code, new(name, File.ReadAllText(path)))
            : throw new ReportException($"there is no language file {path}");
    }

    /// <summary>The words of a report: of its own folder where that has a language file, with those that the file changes.</summary>
    public Language LanguageOf(Plan plan)
    {
        var code = plan.Report.Language;
        return LanguageReader.Read(code, TemplatesOf(plan).Source(LanguageFile(code))).Changed(plan.Report.Words);
    }

    /// <summary>Where others have the project too: a file named from the root of the disk is named from that of the project.</summary>
    public Plan Placed(Plan plan) => Path.IsPathRooted(plan.Source.Path) && ProjectFolder.Holds(projectRoot, plan.Source.Path)
        ? plan with { Source = plan.Source with { Path = Path.GetRelativePath(projectRoot, plan.Source.Path) } }
        : plan;

    /// <summary>What was typed, and what commands print, says where the project lies; for others that is the project.</summary>
    public RunRecord Placed(RunRecord run) => run with
    {
        Environment = run.Environment with { CommandLine = Placed(run.Environment.CommandLine) },
        Stages = [.. run.Stages.Select(stage => stage.Outcome is StageOutcome.Failed failed
            ? stage with { Outcome = failed with { Message = Placed(failed.Message) } }
            : stage)],
    };

    private string Placed(string text) =>
        text.Replace(projectRoot + "/", "", StringComparison.Ordinal).Replace(projectRoot, ".", StringComparison.Ordinal);

    /// <summary>The runner's templates, behind those of the folder that the pipeline names.</summary>
    /// <exception cref="ReportException">The folder is not in the project.</exception>
    public TemplateFolder TemplatesOf(Plan plan) => new(Templates, OwnFolder(plan));

    /// <summary>Null: the pipeline names none.</summary>
    public string? OwnFolder(Plan plan)
    {
        if (plan.Report.Folder is not { } named)
            return null;
        var folder = Path.GetFullPath(named, projectRoot);
        return !ProjectFolder.Holds(projectRoot, folder)
            ? throw new ReportException($"the templates {named} lie outside the project (report.template in {plan.Source.Path})")
            : Directory.Exists(folder) ? folder
            : throw new ReportException($"the folder {named} is not there (report.template in {plan.Source.Path})");
    }

    private static string LanguageFile(string code) => $"languages/{code}.yaml";

    /// <summary>The file of a template, and the ending of what it makes.</summary>
    /// <exception cref="ReportException">There is none of that name.</exception>
    public (string File, string Ending) TemplateNamed(string name, Plan plan)
    {
        var templates = TemplatesOf(plan);
        foreach (var (extension, ending) in new[] { (TemplateFolder.Extension, ".html"), (TemplateFolder.MarkdownExtension, ".md") })
            if (name != ComparisonPage.Template && !name.Contains('/', StringComparison.Ordinal)
                && FileStamp.IsFile(templates.PathOf(name + extension)))
                return (name + extension, ending);
        string[] known = [.. TemplateNames().Where(other => !other.Contains('/', StringComparison.Ordinal)
            && Path.GetExtension(other) is TemplateFolder.Extension or TemplateFolder.MarkdownExtension)
            .Select(other => Path.GetFileNameWithoutExtension(other)).Except([ComparisonPage.Template])];
        throw new ReportException($"there is no template {Quoted.Short(name)}: {Nearest.Help(name, known, "templates")}");
    }

    /// <summary>Of the runner's templates, what may be replaced.</summary>
    public IReadOnlyList<string> TemplateNames() =>
        [.. Directory.EnumerateFiles(Templates, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Templates, path))
            .Where(name => !NotOfReports.Contains(name.Split('/')[0])).Order(StringComparer.Ordinal)];

    /// <summary>What is wrong with the language file of a report, the project's own or the runner's.</summary>
    public IReadOnlyList<Diagnostic> CheckLanguage(Plan plan)
    {
        var (name, templates) = (LanguageFile(plan.Report.Language), TemplatesOf(plan));
        return templates.PathOf(name) == Path.Combine(Templates, name)
            ? CheckLanguage(plan.Report.Language)
            : LanguageCheck.Of(templates.Source(name), Source(name));
    }

    /// <summary>What is wrong with the file of a language, compared with the others.</summary>
    public IReadOnlyList<Diagnostic> CheckLanguage(string code)
    {
        var name = $"languages/{code}.yaml";
        var others = Directory.EnumerateFiles(Path.Combine(Templates, "languages"), "*.yaml").Select(Path.GetFileName)
            .Where(other => $"languages/{other}" != name).Order(StringComparer.Ordinal);
        return [.. others.SelectMany(other => LanguageCheck.Of(Source(name), Source($"languages/{other}"))).Distinct()];
    }

    /// <summary>Names of the texts that templates may ask for.</summary>
    public IReadOnlyCollection<string> PhrasesOf(Plan plan) => PhrasesIn(TemplatesOf(plan).Source(LanguageFile(plan.Report.Language)));

    public IReadOnlyCollection<string> PhrasesOf(string code) => PhrasesIn(Source(LanguageFile(code)));

    private static IReadOnlyCollection<string> PhrasesIn(SourceFile file) =>
        (YamlReader.Read(file, []) as YamlMap)?.Find("phrases")?.Value is YamlMap phrases
            ? [.. phrases.Entries.Select(entry => entry.Key.Text)]
            : [];

    private SourceFile Source(string name) =>
        new($"{Path.GetFileName(Templates)}/{name}", File.ReadAllText(Path.Combine(Templates, name)));

    /// <exception cref="ReportException">The pipeline names a file that is not there.</exception>
    public string? Answers(Plan plan)
    {
        if (plan.Report.Answers is not { } answers)
            return null;
        var path = Path.Combine(projectRoot, answers);
        if (!ProjectFolder.Holds(projectRoot, path))
            throw new ReportException($"the answers {answers} lie outside the project (report.answers in {plan.Source.Path})");
        return FileStamp.IsFile(path)
            ? File.ReadAllText(path)
            : throw new ReportException($"the answers {answers} are not there (report.answers in {plan.Source.Path})");
    }

    /// <summary>The folder of what is kept of reports between runs.</summary>
    public static string Kept(string projectRoot) =>
        Path.Combine(StorePlace.Of(projectRoot), StorePlace.Version, "runs", "reports");

    public static string KeptAnswersOf(string name, string projectRoot) => Path.Combine(Kept(projectRoot), name + ".answers.json");

    /// <summary>What was kept of the pipeline that this one extends; null where it extends none, or that was not run.</summary>
    public KeptAnswers? Parent(Plan plan) =>
        plan.Extended is { } name ? KeptAnswers.Read(KeptAnswersOf(name, projectRoot)) : null;

    public DataOrigin Origin(Plan plan) => DataOrigin.Of(plan, projectRoot);

    /// <summary>Paths of all these files, whether they exist or not.</summary>
    public IEnumerable<string> Read(Plan plan)
    {
        var templates = Directory.Exists(Templates) ? Directory.EnumerateFiles(Templates, "*.*", SearchOption.AllDirectories) : [];
        foreach (var path in templates.Where(path => Path.GetExtension(path) is ".sbn-html" or ".sbn-md" or ".css" or ".yaml"
            && !NotOfReports.Contains(Path.GetFileName(Path.GetDirectoryName(path)))))
            yield return path;
        if (plan.Report.Folder is { } own && Path.GetFullPath(own, projectRoot) is var folder && Directory.Exists(folder))
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                yield return path;
        if (plan.Report.Answers is { } answers)
            yield return Path.Combine(projectRoot, answers);
        foreach (var path in DataOrigin.SourcesOf(plan, projectRoot))
            yield return path;
        if (plan.Extended is { } name)
            yield return KeptAnswersOf(name, projectRoot);
    }
}
