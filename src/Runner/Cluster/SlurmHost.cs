using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Cluster;

/// <summary>
/// Hands stages to Slurm and watches them: jobs go on without it, and the next one of the same pipeline adopts those that it finds.
/// </summary>
/// <param name="place">Where the folders of jobs are.</param>
/// <param name="find">Whether the result of a fingerprint is committed.</param>
public sealed class SlurmHost(
    ISlurm slurm, ClusterProfile profile, JobScript script, string place, string pipeline, Func<ContentHash, bool> find, TimeProvider time)
    : IStageHost
{
    /// <summary>A stage that usually takes less is not worth a job.</summary>
    public static readonly TimeSpan Small = TimeSpan.FromSeconds(30);

    // As Slurm's MaxArraySize allows unless it is set.
    private const int MaxArray = 1000;

    // A file system may hide a new file from other machines for a minute.
    private const int MaxMissed = 12;

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly List<HostedJob> _new = [];
    private readonly List<HostedJob> _active = [];

    // By array, the job of each number; many thousand are looked up each time.
    private readonly Dictionary<string, HostedJob?[]> _arrays = new(StringComparer.Ordinal);
    private Task? _watching;
    private int _step;

    /// <summary>How many jobs go on without this process.</summary>
    public int Left { get; private set; }

    /// <summary>What Slurm last did not answer; null: nothing.</summary>
    public string? Problem { get; private set; }

    public bool Takes(PlannedStage stage, TimeSpan? usual) => !stage.Policy.IsLocal && !(usual < Small);

    public Task<HostedEnd> RunAsync(HostedStage stage, CancellationToken cancellation)
    {
        HostedJob job = new(stage);
        lock (_gate)
        {
            _new.Add(job);
            if (_watching is null or { IsCompleted: true })
                _watching = WatchAsync(cancellation);
        }
        return job.End;
    }

    /// <summary>Cancels the jobs of the pipeline, whoever submitted them.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="SlurmException">Slurm does not answer.</exception>
    public async Task<int> CancelAsync(CancellationToken cancellation)
    {
        var queue = await slurm.QueueAsync(cancellation).ConfigureAwait(false);
        var own = queue.Where(state => state.IsOpen && JobFolder.Find(place, state.Folder, pipeline) is not null)
            .Select(state => state.Id).ToList();
        if (own.Count > 0)
            await slurm.CancelAsync(own, cancellation).ConfigureAwait(false);
        return own.Count;
    }

    private async Task WatchAsync(CancellationToken cancellation)
    {
        try
        {
            // Stages that become ready together come one by one.
            await Task.Delay(Gathering, time, cancellation).ConfigureAwait(false);
            while (Gather())
            {
                await StepAsync(cancellation).ConfigureAwait(false);
                await Task.Delay(profile.Poll, time, cancellation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            LeaveAll();
        }
        catch (Exception error)
        {
            lock (_gate)
            {
                foreach (var job in _active.Concat(_new))
                    job.Finish(Failed($"the jobs could not be watched: {error.Message}", "jobs go on; run the same command again"));
                _active.Clear();
                _new.Clear();
            }
        }
    }

    /// <summary>Takes over what was handed in meanwhile; false, and nobody watches any more: there is nothing.</summary>
    private bool Gather()
    {
        lock (_gate)
        {
            _active.AddRange(_new);
            _new.Clear();
            if (_active.Count == 0)
                _watching = null;
            return _active.Count > 0;
        }
    }

    private void LeaveAll()
    {
        lock (_gate)
        {
            Left += _active.Count(job => job.Folder is not null);
            foreach (var job in _active.Concat(_new))
                job.Leave();
            _active.Clear();
            _new.Clear();
        }
    }

    private async Task StepAsync(CancellationToken cancellation)
    {
        try
        {
            var queue = await slurm.QueueAsync(cancellation).ConfigureAwait(false);
            Problem = null;
            if (_active.Exists(job => job.Folder is null))
                Adopt(queue);
            await SettleAsync(queue, cancellation).ConfigureAwait(false);
            await SubmitAsync(cancellation).ConfigureAwait(false);
        }
        catch (SlurmException error)
        {
            // A controller that restarts answers again after a while, and jobs go on meanwhile.
            Problem = error.Message;
        }
        _active.RemoveAll(job => job.End.IsCompleted);
    }

    private void Adopt(IReadOnlyList<JobState> queue)
    {
        Dictionary<string, (JobFolder Folder, JobState State)> running = new(StringComparer.Ordinal);
        foreach (var array in queue.Where(state => state.IsOpen).GroupBy(state => state.Folder, StringComparer.Ordinal))
            if (JobFolder.Find(place, array.Key, pipeline) is var (folder, fingerprints))
                foreach (var state in array.Where(state => state.Index >= 1 && state.Index <= fingerprints.Count))
                    running[fingerprints[state.Index - 1]] = (folder, state);
        foreach (var job in _active)
            if (job.Folder is null && running.TryGetValue(job.Fingerprint.Hex, out var found))
                Submitted(job, found.Folder, found.State.Array, found.State.Index);
    }

    private void Submitted(HostedJob job, JobFolder folder, string array, int index)
    {
        job.Submitted(folder, array, index);
        if (!_arrays.TryGetValue(array, out var jobs))
            _arrays.Add(array, jobs = new HostedJob?[MaxArray + 1]);
        jobs[index] = job;
    }

    private async Task SubmitAsync(CancellationToken cancellation)
    {
        var waiting = _active.Where(job => job.Folder is null && !job.End.IsCompleted)
            .GroupBy(job => (job.Hosted.Stage.Base, job.Attempt, Resources: job.Hosted.Stage.Policy.Resources.Or(profile.Defaults)));
        foreach (var group in waiting.ToList())
            foreach (var some in group.Chunk(MaxArray))
                await SubmitAsync(some, group.Key.Base, group.Key.Resources, cancellation).ConfigureAwait(false);
    }

    private async Task SubmitAsync(HostedJob[] jobs, string name, StageResources resources, CancellationToken cancellation)
    {
        var folder = JobFolder.Create(place, pipeline, jobs[0].Attempt, [.. jobs.Select(job => (job.Fingerprint, job.Stage))]);
        folder.WriteScript(script.Text(profile, folder.Path));
        try
        {
            // Never cancelled half-way: nobody would know whether there are jobs now.
            cancellation.ThrowIfCancellationRequested();
            var array = await slurm.SubmitAsync(folder, new(name, jobs.Length, profile, resources), CancellationToken.None)
                .ConfigureAwait(false);
            foreach (var (number, job) in jobs.Index())
                Submitted(job, folder, array, number + 1);
        }
        catch (SlurmException error)
        {
            foreach (var job in jobs)
                job.Finish(Failed($"Slurm does not take the job: {error.Message}",
                    error.Help ?? $"look at {ClusterProfile.FileName} and at 'resources' of the stage"));
        }
    }

    private async Task SettleAsync(IReadOnlyList<JobState> queue, CancellationToken cancellation)
    {
        _step++;
        foreach (var state in queue)
            if (_arrays.TryGetValue(state.Array, out var jobs) && state.Index < jobs.Length && jobs[state.Index] is { } job
                && job.IsIn(state))
            {
                job.SeenIn = _step;
                if (state.IsOpen)
                    job.See(state);
                else
                    End(job, state);
            }
        var gone = _active.Where(job => job.Folder is not null && job.SeenIn != _step && !job.End.IsCompleted);
        var lost = gone.Where(job => !IsCommitted(job, job.State) && job.Missed++ > 0).ToList();
        if (lost.Count == 0)
            return;
        var ends = (await slurm.EndsAsync([.. lost.Select(job => job.Array).Distinct()], cancellation).ConfigureAwait(false))
            .ToDictionary(state => (state.Array, state.Index));
        foreach (var job in lost)
            if (ends.TryGetValue((job.Array, job.Index), out var state) && !state.IsOpen)
                End(job, state);
            else if (job.Missed > MaxMissed)
                Fail(job, new(job.Array, job.Index, "UNKNOWN", "", "", null, ""));
    }

    private bool IsCommitted(HostedJob job, JobState? state)
    {
        if (!find(job.Fingerprint))
            return false;
        var output = JobOutput.Read(job.Folder!.OutputOf(job.Index), job.Stage);
        job.Finish(new HostedEnd.Committed(new(
            $"{job.Array}_{job.Index}", state?.Node ?? "", state?.Waited, output.PeakMemory, output.ProcessorTime), job.Attempt));
        return true;
    }

    private void End(HostedJob job, JobState state)
    {
        if (IsCommitted(job, state))
            return;
        if (state.State == "COMPLETED" && ++job.Missed <= MaxMissed)
            return;
        if (state.MayPass && job.Attempt <= job.Hosted.Stage.Policy.Retries)
            job.Again(JobWords.Of(state), profile.Poll);
        else
            Fail(job, state);
    }

    private static void Fail(HostedJob job, JobState state)
    {
        var path = job.Folder!.OutputOf(job.Index);
        job.Finish(JobWords.Failure(job.Hosted.Stage, state, JobOutput.Read(path, job.Stage), path));
    }

    private static HostedEnd.Failed Failed(string message, string help) => new(new(message, help, ""));
}
