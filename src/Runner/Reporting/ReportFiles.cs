using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Reporting;

/// <summary>What a report is made from, beside the run: templates, words, manifests, answers.</summary>
internal sealed class ReportFiles(string projectRoot, string home)
{
    private readonly Dictionary<string, Manifest> _manifests = new(StringComparer.Ordinal);

    public string Templates { get; } = Path.Combine(home, "reports-templates");

    public Language Language(string code)
    {
        var name = $"reports-templates/languages/{code}.yaml";
        var path = Path.Combine(home, name);
        return File.Exists(path) ? LanguageReader.Read(code, new(name, File.ReadAllText(path))) : throw new ReportException($"there is no language file {path}");
    }

    /// <summary>An empty one where the kind has none.</summary>
    public Manifest ManifestOf(string kind)
    {
        if (_manifests.TryGetValue(kind, out var known))
            return known;
        var path = Path.Combine(home, KindName.ManifestOf(kind));
        var manifest = File.Exists(path) ? Manifest.Parse(new SourceFile(path, File.ReadAllText(path))).Value : null;
        return _manifests[kind] = manifest ?? Manifest.Empty;
    }

    /// <exception cref="ReportException">The pipeline names a file that is not there.</exception>
    public string? Answers(Plan plan)
    {
        if (plan.Report.Answers is not { } answers)
            return null;
        var path = Path.Combine(projectRoot, answers);
        return File.Exists(path) ? File.ReadAllText(path) : throw new ReportException($"the answers {answers} are not there (report.answers in {plan.Source.Path})");
    }

    /// <summary>Paths of all these files, whether they exist or not.</summary>
    public IEnumerable<string> Read(Plan plan)
    {
        var templates = Directory.Exists(Templates) ? Directory.EnumerateFiles(Templates, "*.*", SearchOption.AllDirectories) : [];
        foreach (var path in templates.Where(path => Path.GetExtension(path) is ".sbn-html" or ".css" or ".yaml" && !path.Contains("sample-run", StringComparison.Ordinal)))
            yield return path;
        foreach (var kind in plan.Stages.Select(stage => stage.Spec.Kind).Distinct(StringComparer.Ordinal))
            yield return Path.Combine(home, KindName.ManifestOf(kind));
        if (plan.Report.Answers is { } answers)
            yield return Path.Combine(projectRoot, answers);
    }
}
