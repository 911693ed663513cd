using System.Runtime;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Plugins;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Storage;
using Pipelines.Stages.Tables;

namespace Pipelines.Runner.Commands;

/// <summary>A pipeline file read, checked and planned, with the store of its project.</summary>
/// <param name="Catalog">All kinds, those of the pipeline's plugins too.</param>
/// <param name="Warnings">What is not wrong but worth a look, e.g. a variable that nothing uses.</param>
internal sealed record OpenedPipeline(
    Plan Plan, string ProjectRoot, ProjectStorage Storage, Installation Installation, StageCatalog Catalog,
    IReadOnlyList<Diagnostic> Warnings)
{
    /// <summary>Absolute paths of the pipeline file and those it extends.</summary>
    public IReadOnlyList<string> Sources { get; private init; } = [];

    private const long MaxFileBytes = 5 << 20;

    // A smaller file is planned before a garbage collection is due, and before another thread could have begun to read.
    private const int LargeFile = 50_000;
    private const long BytesPerCharacter = 400;

    // A file that is refused takes no more than 256 MiB, whatever it holds.
    private const long MaxBytesPutOff = 160L << 20;

    /// <param name="readAhead">Whether its results in the store will be asked for.</param>
    /// <exception cref="DiagnosticsException">The file is wrong; all that is wrong is in the exception.</exception>
    /// <exception cref="UsageException">There is no such file.</exception>
    /// <param name="shared">Asked for results that its stages lack.</param>
    public static OpenedPipeline Open(string path, Overrides overrides, bool readAhead = false, SharedCache? shared = null)
    {
        if (!IsThere(path))
            throw new UsageException($"there is no pipeline file '{path}'", HelpFor(path));
        var root = Runner.Storage.ProjectRoot.Of(WorkingFolder.Absolute(path));
        var installation = Installation.Find();
        var catalog = installation.Catalog;
        var source = ReadFile(path, path);
        if (source.Refused is { } why)
            throw new UsageException($"'{path}' is not read: {why}");
        List<string> sources = [WorkingFolder.Absolute(path)];
        var storage = StorageOf(root, shared);
        if (source.Text.Length >= LargeFile)
        {
            PutCollectionOff(Math.Min(source.Text.Length * BytesPerCharacter, MaxBytesPutOff));
            if (readAhead && PipelineName.In(source.Text) is { } name)
                storage.ReadAhead(name);
        }
        var plan = Plan.Read(source, Read, overrides, catalog, WithPlugins, root);
        var same = plan.Value is null ? [] : SameNames.Of(plan.Value, WorkingFolder.Absolute(path), root).ToList();
        return plan.Value is null || same.Count > 0
            ? throw new DiagnosticsException([.. plan.Diagnostics, .. same])
            : new(plan.Value, root, storage, installation, catalog, plan.Diagnostics) { Sources = sources };

        SourceFile? Read(string other)
        {
            sources.Add(Path.GetFullPath(other, root));
            return ReadOther(root, other);
        }

        Checked<StageCatalog> WithPlugins(IReadOnlyList<YamlScalar> named)
        {
            if (overrides.LeavesPluginsOut)
                return new(catalog, [.. named.Take(1).Select(Diagnostics.PluginsLeftOut)]);
            var all = PluginCatalog.Of(catalog, root, [.. named, .. PluginCatalog.Named(overrides.Plugins)]);
            catalog = all.Value!;
            return all;
        }
    }

    public static ProjectStorage StorageOf(string root, SharedCache? shared = null) =>
        new(new ArtifactStore(root, folder => new ArtifactWriter(folder)) { Shared = shared }, new InputFiles(root, TimeProvider.System),
            new RunStore(root));

    /// <exception cref="DiagnosticsException">An input file is missing, or a file of the report.</exception>
    public void CheckInputFiles(RunOptions options)
    {
        var findings = MissingInputs(options.Only)
            .Concat(options.Only is null ? ReportFindings(evenIfMade: false) : []).ToList();
        if (findings.Count > 0)
            throw new DiagnosticsException(findings);
    }

    /// <summary>The same run with the commits of all that stages load from the hub.</summary>
    /// <param name="lockFile">Pins them.</param>
    /// <exception cref="DiagnosticsException">What a revision is cannot be found out.</exception>
    public async Task<RunOptions> WithCommitsAsync(RunOptions options, string lockFile, CancellationToken cancellation)
    {
        var commits = new HubCommits(lockFile, options.Variable);
        return options with { Commits = await commits.OfAsync(Plan.Selected(options.Only), cancellation).ConfigureAwait(false) };
    }

    /// <summary>What is wrong with the files that the report is made with, or missing among them.</summary>
    /// <param name="evenIfMade">Also where a report was made since they were changed.</param>
    public IReadOnlyList<Diagnostic> ReportFindings(bool evenIfMade) =>
        [.. ReportFileCheck.Of(Plan, ProjectRoot, Installation.Folder),
            .. ReportFileCheck.OfContents(Plan, ProjectRoot, Installation.Folder, evenIfMade ? null : Sources)];

    /// <param name="only">The stages that run; null: all.</param>
    public IReadOnlyList<Diagnostic> MissingInputs(IEnumerable<string>? only) => InputFileCheck.Of(Plan, only, Storage.Files);

    /// <summary>A small file of the project; null: there is none.</summary>
    public static SourceFile? ReadBeside(string root, string path, string shown) => !IsThere(path) ? null
        : ProjectFolder.Holds(root, WorkingFolder.Absolute(path)) ? ReadFile(path, shown)
        : new(shown, "") { Refused = $"it lies outside the project, {root}" };

    // The path of the first file is as the user wrote it, so a file beside it is found from the current folder; others from the root.
    private static SourceFile? ReadOther(string root, string path)
    {
        var inRoot = Path.Combine(root, path);
        var found = IsThere(path) ? path : IsThere(inRoot) ? inRoot : null;
        return found is null ? null : ReadBeside(root, found, path);
    }

    // .NET does not count a pipe among the files.
    private static bool IsThere(string path) => File.Exists(path) || FileStamp.IsSpecial(path);

    private static SourceFile ReadFile(string path, string shown) =>
        FileStamp.IsSpecial(path) ? new(shown, "") { Refused = "it is a pipe or a device, not a file" }
        : new FileInfo(path).Length > MaxFileBytes ? new(shown, "") { Refused = "it is larger than a pipeline file can be (5 MiB)" }
        : new(shown, File.ReadAllText(path));

    // Nearly all that planning makes stays alive, so that a collection copies it for nothing. The first one after these bytes ends it.
    private static void PutCollectionOff(long bytes)
    {
        if (GCSettings.LatencyMode != GCLatencyMode.NoGCRegion)
            GC.TryStartNoGCRegion(bytes);
    }

    private static string? HelpFor(string path)
    {
        var folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        if (!Directory.Exists(folder))
            return $"there is no folder '{folder}'";
        string[] files = [.. Directory.EnumerateFiles(folder, "*.yaml").Select(Path.GetFileName).Order(StringComparer.Ordinal)!];
        return Nearest.Help(Path.GetFileName(path), files, "pipeline files");
    }
}
