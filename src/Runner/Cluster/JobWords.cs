using System.Text.Json;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Cluster;

/// <summary>How a job ended, in words for the user.</summary>
internal static class JobWords
{
    public static string Of(JobState state) => state.State switch
    {
        "TIMEOUT" => "the job took longer than its time",
        "OUT_OF_MEMORY" => "the job needed more memory than it had",
        "PREEMPTED" => "the job had to make room for another one",
        "NODE_FAIL" or "BOOT_FAIL" => $"the node {(state.Node.Length == 0 ? "of the job" : state.Node)} failed",
        "CANCELLED" => "the job was cancelled",
        "DEADLINE" => "the job did not begin before its deadline",
        "COMPLETED" => "the job ended, and its result cannot be seen from here",
        "UNKNOWN" => "Slurm knows nothing of the job any more, and it left no result",
        var other => $"the job ended as {other}",
    };

    public static HostedEnd.Failed Failure(PlannedStage stage, JobState ended, JobOutput output, string path)
    {
        var state = output.Plain.Any(TellsOfMemory) ? ended with { State = "OUT_OF_MEMORY" } : ended;
        return state.State is "FAILED" or "COMPLETED" && output.Failure is { } failure
            ? new(new(Text(failure, "message") ?? Of(state), Text(failure, "help"), Text(failure, "log") ?? path)
            {
                At = Place(failure, stage.At.File) ?? stage.At,
                Details = failure.TryGetProperty("details", out var details)
                    ? [.. details.EnumerateArray().Select(line => line.GetString()!)]
                    : [],
            })
            : new(new($"{Of(state)} ({state.Id})", Help(state), path) { At = At(stage, state), Details = output.Plain });
    }

    // Where Slurm watches memory without the kernel's help, the job only failed, and the reason stands in its output.
    private static bool TellsOfMemory(string line) =>
        line.StartsWith("slurmstepd", StringComparison.Ordinal)
            && line.Contains("exceeded memory limit", StringComparison.OrdinalIgnoreCase);

    private static string Help(JobState state) => state.State switch
    {
        "TIMEOUT" => "raise 'resources.time', or let 'retries' go on at the last checkpoint; what was saved is kept",
        "OUT_OF_MEMORY" => "raise 'resources.memory', or give the stage less to do",
        "COMPLETED" => "is the project's folder the same on all nodes? run again: what is there is found",
        _ => "run again: jobs that still run are adopted, and what is done is kept; 'retries' tries again by itself",
    };

    private static SourceSpan At(PlannedStage stage, JobState state) => stage.PlaceOf(state.State switch
    {
        "TIMEOUT" => "resources.time",
        "OUT_OF_MEMORY" => "resources.memory",
        _ => "resources",
    });

    // A job sees the same file, at the same path.
    private static SourceSpan? Place(JsonElement failure, SourceFile file) =>
        failure.TryGetProperty("at", out var at) && Text(at, "file") == file.Path
            ? new(file, at.GetProperty("line").GetInt32(), at.GetProperty("column").GetInt32(), at.GetProperty("length").GetInt32())
            : null;

    private static string? Text(JsonElement json, string name) => JobOutput.Text(json, name);
}
