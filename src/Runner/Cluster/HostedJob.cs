using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Cluster;

/// <summary>A stage that a job of the cluster makes, from when it is handed over until its result is there or never will be.</summary>
internal sealed class HostedJob(HostedStage hosted)
{
    private readonly TaskCompletionSource<HostedEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HostedStage Hosted => hosted;

    public string Stage => hosted.Stage.Id;

    public ContentHash Fingerprint => hosted.Fingerprint;

    public Task<HostedEnd> End => _end.Task;

    /// <summary>Of the array it is in; null: it waits to be submitted.</summary>
    public JobFolder? Folder { get; private set; }

    public string Array { get; private set; } = "";

    public int Index { get; private set; }

    public int Attempt { get; private set; } = 1;

    /// <summary>As Slurm last said; null: nothing yet.</summary>
    public JobState? State { get; private set; }

    /// <summary>How often it was looked for in vain.</summary>
    public int Missed { get; set; }

    /// <summary>The number of the question to Slurm that it was last part of the answer to.</summary>
    public int SeenIn { get; set; }

    public bool IsIn(JobState state) => Folder is not null && !End.IsCompleted && Array == state.Array && Index == state.Index;

    public void Submitted(JobFolder folder, string array, int index)
    {
        (Folder, Array, Index, State, Missed) = (folder, array, index, null, 0);
    }

    /// <summary>Says what Slurm says, where it is something new.</summary>
    public void See(JobState state)
    {
        Missed = 0;
        if (ReferenceEquals(State, state))
            return;
        if (State is { } before && (before.State, before.Reason, before.Node) == (state.State, state.Reason, state.Node))
            return;
        State = state;
        if (state.IsOpen)
            hosted.Events.Report(new RunEvent.StageHosted(Stage, state.Id, state.IsRunning ? state.Node : null,
                state.IsRunning ? state.State : state.Reason is "" or "None" ? state.State : state.Reason));
    }

    public void Again(string reason, TimeSpan pause)
    {
        hosted.Events.Report(new RunEvent.StageRetried(Stage, Attempt, hosted.Stage.Policy.Retries + 1, reason, pause));
        Attempt++;
        Folder = null;
    }

    public void Finish(HostedEnd end) => _end.TrySetResult(end);

    public void Leave() => _end.TrySetResult(new HostedEnd.Left());
}
