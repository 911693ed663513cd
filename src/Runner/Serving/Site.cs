using Pipelines.Runner.Planning;
using Pipelines.Runner.Storage;

namespace Pipelines.Runner.Serving;

/// <summary>What is served: the store and the reports of a project, by the templates, words and kinds of the installation.</summary>
/// <param name="Home">The folder that holds <c>reports-templates</c> and <c>stages</c>.</param>
/// <param name="Catalog">Asked by one request at a time.</param>
internal sealed record Site(string ProjectRoot, string Home, StageCatalog Catalog, ArtifactStore Store)
{
    public RunArchive Runs { get; } = new(ProjectRoot);

    public LiveRuns Live => field ??= new(Runs);

    public HiddenPaths Paths { get; } = new([ProjectRoot, Home]);

    public string ReportsFolder => Path.Combine(ProjectRoot, "reports");

    /// <summary>What the kind of a stage says of itself; null for kinds of plugins, whose code is not loaded to show a page.</summary>
    public ReportManifest? ReportOf(string kind)
    {
        lock (Catalog)
            return Catalog.Find(kind)?.Manifest.Report;
    }
}
