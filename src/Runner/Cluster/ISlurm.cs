using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Cluster;

/// <summary>What the coordinator asks of Slurm.</summary>
public interface ISlurm
{
    /// <summary>The names of the partitions.</summary>
    /// <exception cref="SlurmException">Slurm is not there, or does not answer.</exception>
    Task<IReadOnlyList<string>> PartitionsAsync(CancellationToken cancellation);

    /// <summary>Submits the jobs of a folder as an array.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="SlurmException">Slurm does not take it.</exception>
    Task<string> SubmitAsync(JobFolder folder, JobRequest request, CancellationToken cancellation);

    /// <summary>All jobs of this user that wait, run, or ended a short time ago.</summary>
    /// <exception cref="SlurmException">Slurm does not answer.</exception>
    Task<IReadOnlyList<JobState>> QueueAsync(CancellationToken cancellation);

    /// <summary>How jobs ended that the queue has forgotten; none where Slurm keeps no accounts.</summary>
    Task<IReadOnlyList<JobState>> EndsAsync(IReadOnlyCollection<string> arrays, CancellationToken cancellation);

    /// <exception cref="SlurmException">Slurm does not answer.</exception>
    Task CancelAsync(IReadOnlyCollection<string> jobs, CancellationToken cancellation);
}

/// <param name="Count">How many jobs the array has, numbered from 1.</param>
public sealed record JobRequest(string Name, int Count, ClusterProfile Profile, StageResources Resources);

/// <summary>One job of an array as Slurm sees it.</summary>
/// <param name="State">Slurm's word, e.g. <c>PENDING</c>, <c>RUNNING</c>, <c>NODE_FAIL</c>.</param>
/// <param name="Reason">Why it waits.</param>
/// <param name="Node">Where it runs or ran; empty: nowhere.</param>
/// <param name="Waited">Between submission and start, where it has started.</param>
/// <param name="Folder">Of its array.</param>
public sealed record JobState(string Array, int Index, string State, string Reason, string Node, TimeSpan? Waited, string Folder)
{
    private static readonly string[] Open =
        ["PENDING", "RUNNING", "CONFIGURING", "COMPLETING", "SUSPENDED", "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "RESIZING", "SIGNALING",
        "STAGE_OUT", "STOPPED", "SPECIAL_EXIT"];

    private static readonly string[] Transient = ["PREEMPTED", "TIMEOUT", "NODE_FAIL", "BOOT_FAIL", "DEADLINE"];

    public string Id => FormattableString.Invariant($"{Array}_{Index}");

    public bool IsOpen => Open.Contains(State);

    public bool IsRunning => State is "RUNNING" or "COMPLETING" or "SUSPENDED";

    /// <summary>It may go better the next time, without any change.</summary>
    public bool MayPass => Transient.Contains(State);
}

/// <param name="help">What to do.</param>
public sealed class SlurmException(string message, string? help = null) : Exception(message)
{
    public string? Help => help;
}
