using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>What happens in a run, for those who show it; the engine itself prints nothing.</summary>
public abstract record RunEvent
{
    private RunEvent()
    {
    }

    public sealed record RunStarted(string Pipeline, IReadOnlyList<string> StageIds) : RunEvent
    {
        /// <summary>Its id.</summary>
        public string Run { get; init; } = "";

        /// <summary>What executing a stage took before; null where that is not known.</summary>
        public Func<string, TimeSpan?> Usual { get; init; } = _ => null;
    }

    /// <param name="Why">Why it runs, in the words of <c>plan --why</c>.</param>
    public sealed record StageStarted(string StageId, IReadOnlyList<string> Why) : RunEvent;

    /// <summary>Another process holds the lock of this fingerprint.</summary>
    public sealed record StageWaiting(string StageId, string Holder) : RunEvent;

    /// <summary>A stage that runs elsewhere waits, or has begun.</summary>
    /// <param name="Job">As the cluster names it.</param>
    /// <param name="Node">Where it runs; null: it waits.</param>
    /// <param name="Said">Why it waits, or the state it runs in, in the cluster's word.</param>
    public sealed record StageHosted(string StageId, string Job, string? Node, string Said) : RunEvent;

    /// <summary>An attempt failed for a reason that may pass; the next one begins after a pause.</summary>
    /// <param name="Attempt">The one that failed, counting from 1.</param>
    /// <param name="MaxAttempts">How many there may be.</param>
    public sealed record StageRetried(string StageId, int Attempt, int MaxAttempts, string Reason, TimeSpan Pause) : RunEvent;

    public sealed record StageAdvanced(string StageId, StageProgress Progress) : RunEvent;

    public sealed record StageLogged(string StageId, bool IsWarning, string Line) : RunEvent;

    /// <param name="Note">One line worth showing beside it, e.g. <c>6,400 rows</c> or <c>exact match 0.81</c>.</param>
    public sealed record StageFinished(string StageId, StageOutcome Outcome, string? Note) : RunEvent;
}

/// <summary>Hands events on one at a time, so that observers need no locks of their own.</summary>
internal sealed class SerialEvents(IProgress<RunEvent> observer) : IProgress<RunEvent>
{
    private readonly Lock _gate = new();

    public void Report(RunEvent value)
    {
        lock (_gate)
            observer.Report(value);
    }
}
