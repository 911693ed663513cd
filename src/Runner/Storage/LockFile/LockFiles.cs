using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Storage;

/// <summary>The lock files of a project, wherever its pipelines are.</summary>
internal static class LockFiles
{
    private static readonly string[] PipelineExtensions = [".yaml", ".yml"];

    /// <exception cref="StorageException">One of a pipeline cannot be read, so that nobody knows what it needs.</exception>
    public static IEnumerable<PipelineLock> Of(string projectRoot) => In(new(projectRoot)).Select(Read).OfType<PipelineLock>();

    private static IEnumerable<string> In(DirectoryInfo folder) =>
        folder.EnumerateFiles("*" + PipelineLock.Extension).Select(file => file.FullName)
            .Concat(folder.EnumerateDirectories().Where(IsOfProject).SelectMany(In));

    // Hidden folders belong to tools; a link could lead out of the project, or round in circles.
    private static bool IsOfProject(DirectoryInfo folder) => !folder.Name.StartsWith('.') && folder.LinkTarget is null;

    private static PipelineLock? Read(string path) => PipelineLock.Read(path) ?? (IsOfPipeline(path) ? throw Unreadable(path) : null);

    // Other programs have files of such names too.
    private static bool IsOfPipeline(string path) =>
        PipelineExtensions.Any(extension => File.Exists(path[..^PipelineLock.Extension.Length] + extension));

    private static StorageException Unreadable(string path) => new($"{path} is no lock file of this version: what it needs cannot be told")
    {
        Help = "take it from git again (git checkout), or delete it; './runner exec' writes a new one",
    };
}
