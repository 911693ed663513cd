using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Findings;
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

    /// <summary>What is wrong with the file of a language, compared with the others.</summary>
    public IReadOnlyList<Diagnostic> CheckLanguage(string code)
    {
        var name = $"languages/{code}.yaml";
        var others = Directory.EnumerateFiles(Path.Combine(Templates, "languages"), "*.yaml").Select(Path.GetFileName)
            .Where(other => $"languages/{other}" != name).Order(StringComparer.Ordinal);
        return [.. others.SelectMany(other => LanguageCheck.Of(Source(name), Source($"languages/{other}"))).Distinct()];
    }

    /// <summary>Names of the texts that templates may ask for.</summary>
    public IReadOnlyCollection<string> PhrasesOf(string code) =>
        (YamlReader.Read(Source($"languages/{code}.yaml"), []) as YamlMap)?.Find("phrases")?.Value is YamlMap phrases
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

    /// <summary>Paths of all these files, whether they exist or not.</summary>
    public IEnumerable<string> Read(Plan plan)
    {
        var templates = Directory.Exists(Templates) ? Directory.EnumerateFiles(Templates, "*.*", SearchOption.AllDirectories) : [];
        foreach (var path in templates.Where(path => Path.GetExtension(path) is ".sbn-html" or ".css" or ".yaml"
            && !NotOfReports.Contains(Path.GetFileName(Path.GetDirectoryName(path)))))
            yield return path;
        if (plan.Report.Answers is { } answers)
            yield return Path.Combine(projectRoot, answers);
        if (plan.Extended is { } name)
            yield return KeptAnswersOf(name, projectRoot);
    }
}
