using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Cluster;

/// <summary>Slurm by its own commands.</summary>
public sealed class SlurmCommands : ISlurm
{
    // Array, number, state, reason, nodes, submitted, started, comment: seconds since 1970 by SLURM_TIME_FORMAT.
    private const string Fields = "%F|%K|%T|%r|%N|%V|%S|%k";

    private const int MaxPerCall = 200;

    private const string NoPrograms =
        "Slurm's commands have to be on this machine: run this where jobs are submitted, or without --on";

    private static readonly string[] Programs = ["sinfo", "sbatch", "squeue", "scancel"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Looks for what is needed; a program that is missing later on would be taken for a controller that restarts.</summary>
    /// <exception cref="SlurmException">One is not there.</exception>
    public static void CheckPrograms()
    {
        foreach (var program in Programs)
            PathOf(program);
    }

    public async Task<IReadOnlyList<string>> PartitionsAsync(CancellationToken cancellation) =>
        Lines(await RunAsync("sinfo", ["--noheader", "--format=%R"], cancellation).ConfigureAwait(false));

    public async Task<string> SubmitAsync(JobFolder folder, JobRequest request, CancellationToken cancellation)
    {
        var limit = request.Profile.Limit is { } many ? Invariant($"%{many}") : "";
        List<string> options =
        [
            "--parsable", $"--job-name={request.Name}", $"--comment={folder.Name}", Invariant($"--array=1-{request.Count}{limit}"),
            $"--output={folder.OutputPattern}", "--open-mode=truncate", "--requeue", "--nodes=1",
        ];
        Add("--partition", request.Profile.Partition);
        Add("--account", request.Profile.Account);
        Add("--cpus-per-task", request.Resources.Cpus?.ToString(CultureInfo.InvariantCulture));
        Add("--mem", request.Resources.Memory is { } bytes ? Invariant($"{Math.Max(1, bytes >> 20)}M") : null);
        Add("--gpus", request.Resources.Gpus is > 0 and var gpus ? gpus.ToString(CultureInfo.InvariantCulture) : null);
        Add("--time", request.Resources.Time is { } time ? Invariant($"{(long)time.TotalMinutes}:{time.Seconds:00}") : null);
        options.AddRange(request.Profile.Options);
        options.Add(folder.ScriptPath);
        var answer = await RunAsync("sbatch", options, cancellation).ConfigureAwait(false);
        return answer.Trim().Split(';')[0];

        void Add(string option, string? value)
        {
            if (value is not null)
                options.Add($"{option}={value}");
        }
    }

    public async Task<IReadOnlyList<JobState>> QueueAsync(CancellationToken cancellation) =>
        [.. Lines(await RunAsync("squeue", ["--me", "--array", "--states=all", "--noheader", $"--format={Fields}"], cancellation)
            .ConfigureAwait(false)).Select(Parse).OfType<JobState>()];

    public async Task<IReadOnlyList<JobState>> EndsAsync(IReadOnlyCollection<string> arrays, CancellationToken cancellation)
    {
        List<JobState> ends = [];
        foreach (var some in arrays.Chunk(MaxPerCall))
            try
            {
                var lines = Lines(await RunAsync("sacct",
                    ["--allocations", "--noheader", "--parsable2", "--format=JobID,State,NodeList", $"--jobs={string.Join(',', some)}"],
                    cancellation).ConfigureAwait(false));
                ends.AddRange(lines.Select(line => line.Split('|')).Where(parts => parts.Length == 3).Select(Ended).OfType<JobState>());
            }
            catch (SlurmException)
            {
                // Many clusters keep no accounts; what the queue and the store say has to do then.
            }
        return ends;
    }

    public async Task CancelAsync(IReadOnlyCollection<string> jobs, CancellationToken cancellation)
    {
        foreach (var some in jobs.Chunk(MaxPerCall))
            await RunAsync("scancel", some, cancellation).ConfigureAwait(false);
    }

    internal static JobState? Parse(string line)
    {
        if (line.Split('|') is not [var array, var index, var state, var reason, var node, var submitted, var started, .. var comment]
            || !int.TryParse(index, CultureInfo.InvariantCulture, out var number))
            return null;
        var waited = long.TryParse(submitted, CultureInfo.InvariantCulture, out var from)
            && long.TryParse(started, CultureInfo.InvariantCulture, out var to) && to >= from
            ? TimeSpan.FromSeconds(to - from)
            : (TimeSpan?)null;
        return new(array, number, state, reason, node, state == "PENDING" ? null : waited, string.Join('|', comment));
    }

    // 123_4|CANCELLED by 0|node1
    private static JobState? Ended(string[] parts) => parts[0].Split('_') is [var array, var index]
        && int.TryParse(index, CultureInfo.InvariantCulture, out var number)
        ? new(array, number, parts[1].Split(' ')[0], "", parts[2], null, "")
        : null;

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        ProcessStartInfo start = new(PathOf(program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SLURM_TIME_FORMAT"] = "%s";
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(Patience);
        using var process = Start(program, start);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(stop.Token);
            var error = process.StandardError.ReadToEndAsync(stop.Token);
            await process.WaitForExitAsync(stop.Token).ConfigureAwait(false);
            return process.ExitCode == 0
                ? await output.ConfigureAwait(false)
                : throw new SlurmException($"{program}: {Said(await error.ConfigureAwait(false), process.ExitCode)}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new SlurmException(Invariant($"{program} did not answer for {Patience.TotalMinutes:0} minutes"));
        }
    }

    private static string PathOf(string program) =>
        ProgramPath.Find(program) ?? throw new SlurmException($"there is no program '{program}'", NoPrograms);

    private static Process Start(string program, ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new SlurmException($"'{program}' cannot be started: {error.Message}", NoPrograms);
        }
    }

    private static string Said(string error, int code) =>
        Lines(error) is [.., var last] ? last.Replace("error: ", "", StringComparison.Ordinal) : Invariant($"exit code {code}");

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
