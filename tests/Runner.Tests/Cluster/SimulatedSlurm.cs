using Pipelines.Runner.Cluster;

namespace Pipelines.Tests.Runner.Cluster;

/// <summary>A cluster in memory: each question to it is a step of time, in which jobs begin, end, fail and are preempted.</summary>
/// <param name="commit">Called with a fingerprint when its job is done.</param>
internal sealed class SimulatedSlurm(int nodes, string place, string pipeline, Random random, Action<string> commit) : ISlurm
{
    private const int MaxSteps = 20;

    private readonly List<JobState> _queue = [];
    private readonly Queue<int> _pending = [];
    private readonly List<(int Job, int Ends)> _running = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _fingerprints = new(StringComparer.Ordinal);
    private int _arrays, _step;

    /// <summary>Share of the jobs that end otherwise than they should.</summary>
    public double Accidents { get; init; }

    public int Submissions => _arrays;

    public int MostRunning { get; private set; }

    public Dictionary<string, int> Ends { get; } = new(StringComparer.Ordinal);

    public Task<IReadOnlyList<string>> PartitionsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>(["cpu"]);

    public Task<string> SubmitAsync(JobFolder folder, JobRequest request, CancellationToken cancellation)
    {
        var array = FormattableString.Invariant($"{++_arrays}");
        _fingerprints[array] = JobFolder.Find(place, folder.Name, pipeline)!.Value.Fingerprints;
        for (var index = 1; index <= request.Count; index++)
        {
            _pending.Enqueue(_queue.Count);
            _queue.Add(new(array, index, "PENDING", "Resources", "", null, folder.Name));
        }
        return Task.FromResult(array);
    }

    public Task<IReadOnlyList<JobState>> QueueAsync(CancellationToken cancellation)
    {
        _step++;
        foreach (var (job, _) in _running.FindAll(job => job.Ends <= _step))
            End(job);
        _running.RemoveAll(job => job.Ends <= _step);
        while (_running.Count < nodes && _pending.TryDequeue(out var next))
        {
            _queue[next] = _queue[next] with { State = "RUNNING", Node = $"n{_running.Count}", Waited = TimeSpan.FromSeconds(_step) };
            _running.Add((next, _step + random.Next(1, MaxSteps)));
        }
        MostRunning = Math.Max(MostRunning, _running.Count);
        return Task.FromResult<IReadOnlyList<JobState>>(_queue);
    }

    public Task<IReadOnlyList<JobState>> EndsAsync(IReadOnlyCollection<string> arrays, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<JobState>>([]);

    public Task CancelAsync(IReadOnlyCollection<string> jobs, CancellationToken cancellation) => Task.CompletedTask;

    private void End(int job)
    {
        var state = random.NextDouble() >= Accidents ? "COMPLETED"
            : random.Next(3) switch { 0 => "NODE_FAIL", 1 => "PREEMPTED", _ => "TIMEOUT" };
        Ends[state] = Ends.GetValueOrDefault(state) + 1;
        var before = _queue[job];
        _queue[job] = before with { State = state };
        if (state == "COMPLETED")
            commit(_fingerprints[before.Array][before.Index - 1]);
    }
}
