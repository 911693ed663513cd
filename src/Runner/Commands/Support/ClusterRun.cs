using Pipelines.Runner.Cluster;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>exec --on</c>: the profile and Slurm, looked at before anything is handed in.</summary>
internal static class ClusterRun
{
    /// <param name="words">What a job has to run, without its stage: the pipeline file, its overrides, the device.</param>
    /// <exception cref="DiagnosticsException">The profile is wrong.</exception>
    /// <exception cref="UsageException">Slurm is not there, or does not answer.</exception>
    public static async Task<SlurmHost> OpenAsync(OpenedPipeline opened, string profileName, string words, CancellationToken cancellation)
    {
        var profile = ProfileOf(opened, profileName);
        SlurmCommands slurm = new();
        try
        {
            SlurmCommands.CheckPrograms();
            var partitions = await slurm.PartitionsAsync(cancellation).ConfigureAwait(false);
            if (profile is { Partition: { } partition, PartitionAt: { } at } && !partitions.Contains(partition))
                throw new DiagnosticsException([new("unknown-partition", Severity.Error, $"Slurm has no partition '{partition}'", at,
                    Nearest.Help(partition, [.. partitions], "partitions"))]);
        }
        catch (SlurmException error)
        {
            throw new UsageException($"no stage can be handed to Slurm: {error.Message}", error.Help);
        }
        JobScript script = new(Environment.ProcessPath!, WorkingFolder.Path, words);
        return new(
            slurm, profile, script, new StoreLayout(opened.ProjectRoot).Cluster, opened.Plan.Pipeline,
            fingerprint => opened.Storage.Artifacts.Find(fingerprint).Action is not null, TimeProvider.System);
    }

    /// <exception cref="UsageException">There is no cluster, or it does not answer.</exception>
    public static async Task<int> CancelAsync(Screen screen, SlurmHost? cluster, CancellationToken cancellation)
    {
        if (cluster is null)
            throw new UsageException("--cancel needs --on", "e.g. --on slurm --cancel");
        try
        {
            var count = await cluster.CancelAsync(cancellation).ConfigureAwait(false);
            screen.Out.WriteLine($"cancelled {Format.Count(count, "job")}");
            return ExitCode.Done;
        }
        catch (SlurmException error)
        {
            throw new UsageException($"the jobs were not cancelled: {error.Message}", error.Help);
        }
    }

    /// <summary>What goes on without this process; null: nothing.</summary>
    public static string? Left(SlurmHost? cluster) => cluster is { Left: > 0 and var left }
        ? $"{Format.Count(left, "job")} {(left == 1 ? "goes" : "go")} on without this program; --cancel ends {(left == 1 ? "it" : "them")}"
        : null;

    private static ClusterProfile ProfileOf(OpenedPipeline opened, string name)
    {
        var folder = Path.GetDirectoryName(opened.Sources[0])!;
        var path = Path.Combine(folder, ClusterProfile.FileName);
        var shown = Path.GetRelativePath(WorkingFolder.Path, path);
        var file = OpenedPipeline.ReadBeside(opened.ProjectRoot, path, shown);
        if (file?.Refused is { } why)
            throw new UsageException($"'{shown}' is not read: {why}");
        var read = ClusterProfile.Read(name, file, new SourceFile("--on", name).Start);
        return read.Value ?? throw new DiagnosticsException(read.Diagnostics);
    }
}
