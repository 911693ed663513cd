using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Plugins;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Storage;

namespace Pipelines.Runner.Commands;

/// <summary>A pipeline and its lock file as they were in a revision of git, or as they are now.</summary>
/// <param name="Name">Null: the files as they are now.</param>
internal sealed record GitRevision(string? Name, string ProjectRoot, string PipelineFile)
{
    public ComparedSide Side(PipelineLock locked) => new(Name, locked.Pipeline);

    /// <exception cref="UsageException">There is no such revision, or no lock file in it.</exception>
    public PipelineLock Lock()
    {
        var path = PipelineLock.PathFor(PipelineFile);
        if (Name is not null && Git("rev-parse", "--verify", "--quiet", "--end-of-options", Name + "^{commit}") is null)
            throw new UsageException($"git knows no revision '{Name}' here",
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
            return File.Exists(path)
                ? File.ReadAllText(path)
                : File.Exists(Path.Combine(ProjectRoot, path)) ? File.ReadAllText(Path.Combine(ProjectRoot, path)) : null;
        // git takes paths from its root; those in a pipeline may be from the root of the project or from here.
        return Git("show", "--end-of-options", $"{Name}:./{FromHere(path)}")
            ?? Git("show", "--end-of-options", $"{Name}:./{FromHere(Path.Combine(ProjectRoot, path))}");
    }

    private static string FromHere(string path) =>
        Path.GetRelativePath(WorkingFolder.Path, WorkingFolder.Absolute(path)).Replace('\\', '/');

    /// <summary>What git printed, or null when it did not succeed.</summary>
    /// <exception cref="UsageException">Git is not installed.</exception>
    private static string? Git(params string[] arguments)
    {
        ProcessStartInfo start = new("git", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        try
        {
            using var git = Process.Start(start)!;
            var error = git.StandardError.ReadToEndAsync();
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            error.GetAwaiter().GetResult();
            return git.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            throw new UsageException("git is not installed, so revisions cannot be read", "apt-get install git");
        }
    }
}
