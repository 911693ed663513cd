using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Storage;
using Pipelines.Stages.Tables;

namespace Pipelines.Runner.Commands;

/// <summary>A pipeline file read, checked and planned, with the store of its project.</summary>
internal sealed record OpenedPipeline(Plan Plan, string ProjectRoot, ProjectStorage Storage, Installation Installation)
{
    private const long LargestFile = 5 << 20;

    /// <exception cref="DiagnosticsException">The file is wrong; all that is wrong is in the exception.</exception>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static OpenedPipeline Open(string path, Overrides overrides)
    {
        if (!File.Exists(path))
            throw new UsageException($"there is no pipeline file '{path}'", HelpFor(path));
        var root = Runner.Storage.ProjectRoot.Of(path);
        var installation = Installation.Find();
        var document = PipelineDocument.Parse(Read(path, path), relative => ReadBeside(root, relative), overrides);
        var plan = document.Value is null ? new(null, document.Diagnostics) : Plan.Build(document.Value, installation.Catalog);
        IReadOnlyList<Diagnostic> diagnostics = document.Value is null ? document.Diagnostics : [.. document.Diagnostics, .. plan.Diagnostics];
        if (plan.Value is null || diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error))
            throw new DiagnosticsException(diagnostics);
        return new(plan.Value, root, StorageOf(root), installation);
    }

    public static ProjectStorage StorageOf(string root) =>
        new(new ArtifactStore(root, folder => new ArtifactWriter(folder)), new InputFiles(root, TimeProvider.System), new RunStore(root));

    /// <exception cref="DiagnosticsException">An input file is missing.</exception>
    public void CheckInputFiles(RunOptions options)
    {
        if (InputFileCheck.Of(Plan, options, Storage.Files) is { Count: > 0 } missing)
            throw new DiagnosticsException(missing);
    }

    private static SourceFile? ReadBeside(string root, string relative)
    {
        var path = Path.Combine(root, relative);
        return File.Exists(path) ? Read(path, relative) : null;
    }

    private static SourceFile Read(string path, string shown)
    {
        if (new FileInfo(path).Length > LargestFile)
            throw new UsageException($"'{shown}' is larger than a pipeline file can be (5 MiB)");
        return new(shown, File.ReadAllText(path));
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
