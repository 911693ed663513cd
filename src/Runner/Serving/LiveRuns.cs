using System.Collections.Concurrent;

namespace Pipelines.Runner.Serving;

/// <summary>Runs that go on, and those that were killed and left a journal.</summary>
internal sealed class LiveRuns(RunArchive runs)
{
    private const int MaxLookedAt = 20;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, LiveRun> _known = new(StringComparer.Ordinal);

    /// <summary>Those that go on at this moment, the latest first, with what they have told so far.</summary>
    public IReadOnlyList<LiveRun> Now => [.. runs.Store.Unfinished().Take(MaxLookedAt).Where(IsRunning).Select(Read).OfType<LiveRun>()];

    /// <summary>Those whose process is gone, the latest first.</summary>
    public IReadOnlyList<LiveRun> Broken =>
        [.. runs.Store.Unfinished().Take(MaxLookedAt).Where(id => !IsRunning(id)).Select(Read).OfType<LiveRun>()];

    /// <summary>An unfinished run of a name that came from outside; null where there is none, or it has told nothing.</summary>
    public LiveRun? Find(string id) => runs.Store.Unfinished().Contains(id) ? Read(id) : null;

    // Asked by one request at a time, since asking locks the journal for a moment.
    public bool IsRunning(string id)
    {
        lock (_gate)
            return runs.Store.IsRunning(id);
    }

    private LiveRun? Read(string id)
    {
        var journal = runs.Store.JournalPath(id);
        if (!File.Exists(journal))
            return null;
        var run = _known.GetOrAdd(id, _ => new(id, journal));
        lock (_gate)
            run.Refresh();
        return run;
    }
}
