using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>Where stages run that do not run in this process; they commit their results to the store themselves.</summary>
public interface IStageHost
{
    /// <param name="usual">What the stage took before; null: that is not known.</param>
    bool Takes(PlannedStage stage, TimeSpan? usual);

    /// <summary>Ends when the result is committed or certainly will not be; cancelled, it leaves the stage running and ends.</summary>
    Task<HostedEnd> RunAsync(HostedStage stage, CancellationToken cancellation);
}

/// <param name="Events">What becomes of it.</param>
public sealed record HostedStage(PlannedStage Stage, ContentHash Fingerprint, IProgress<RunEvent> Events);

/// <summary>How a stage ended elsewhere.</summary>
public abstract record HostedEnd
{
    private HostedEnd()
    {
    }

    /// <param name="Attempts">How many it took.</param>
    public sealed record Committed(HostedRun Run, int Attempts) : HostedEnd;

    public sealed record Failed(StageOutcome.Failed Outcome) : HostedEnd;

    /// <summary>It goes on without this process.</summary>
    public sealed record Left : HostedEnd;
}

/// <summary>What is known of the execution of a stage elsewhere.</summary>
/// <param name="Job">As the cluster names it.</param>
/// <param name="Waited">Before it began.</param>
/// <param name="Memory">At its peak, in bytes.</param>
/// <param name="Processor">Of all threads.</param>
public sealed record HostedRun(string Job, string Node, TimeSpan? Waited, long? Memory, TimeSpan? Processor);
