using System.Text;
using LibGit2Sharp;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Plugins;
using Pipelines.Runner.Storage;

namespace Pipelines.Runner.Commands;

/// <summary>A pipeline and its lock file as they were in a revision of git, or as they are now.</summary>
/// <param name="Name">Null: the files as they are now.</param>
internal sealed record GitRevision(string? Name, string ProjectRoot, string PipelineFile)
{
    private const long MaxBytes = 64 << 20;

    public ComparedSide Side(PipelineLock locked) => new(Name, locked.Pipeline);

    /// <exception cref="UsageException">There is no such revision, or no lock file in it.</exception>
    public PipelineLock Lock()
    {
        var path = PipelineLock.PathFor(PipelineFile);
        if (Name is not null && !HasCommit())
            throw new UsageException(
                $"git knows no revision '{Name}' here",
                "e.g. HEAD, main~3, a tag or a commit; ids of runs are compared without --pipeline");
        if (Read(path) is not { } content)
            throw new UsageException(
                $"{(Name is null ? "there is" : $"revision '{Name}' has")} no lock file '{path}'",
                $"./runner exec {PipelineFile} writes it when every stage is done; commit it beside the pipeline");
        return PipelineLock.Parse(Encoding.UTF8.GetBytes(content))
            ?? throw new UsageException($"the lock file '{path}' of {(Name is null ? "now" : $"revision '{Name}'")} cannot be read");
    }

    /// <summary>Null when the file is not there, or is wrong for this runner.</summary>
    public Plan? Plan(StageCatalog catalog) => Read(PipelineFile) is not { } text ? null : Planning.Plan.Read(
        new(PipelineFile, text), path => Read(path) is { } other ? new(path, other) : null, Overrides.None, catalog,
        named => PluginCatalog.Of(catalog, ProjectRoot, named)).Value;

    private string? Read(string path)
    {
        if (Name is null)
            return new[] { path, Path.Combine(ProjectRoot, path) }.FirstOrDefault(FileStamp.IsFile) is { } file
                ? File.ReadAllText(file)
                : null;
        // A path in a pipeline may be from the root of the project or from here.
        return Blob(path) ?? Blob(Path.Combine(ProjectRoot, path));
    }

    private bool HasCommit() => InRepository(repository => repository.Lookup<Commit>(Name)) is not null;

    private string? Blob(string path) => InRepository(repository =>
        repository.Lookup<Commit>(Name)?[FromTop(repository, path)]?.Target is Blob { Size: <= MaxBytes } blob
            ? blob.GetContentText(Encoding.UTF8)
            : null);

    private static string FromTop(Repository repository, string path) =>
        Path.GetRelativePath(repository.Info.WorkingDirectory, WorkingFolder.Absolute(path)).Replace('\\', '/');

    // The library and not the program: a repository's own configuration names programs that git would run.
    private T? InRepository<T>(Func<Repository, T?> read)
        where T : class
    {
        try
        {
            using var repository = new Repository(Repository.Discover(ProjectRoot));
            return read(repository);
        }
        catch (Exception error) when (error is LibGit2SharpException or ArgumentException)
        {
            return null;
        }
    }
}
