using System.Collections.Concurrent;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;

namespace Pipelines.Runner.Serving;

/// <summary>The finished runs of a project. A record is read once, since it never changes; the latest ones stay in memory.</summary>
internal sealed class RunArchive(string projectRoot)
{
    private const int MaxKept = 300;

    private readonly RunStore _store = new(projectRoot);
    private readonly ConcurrentDictionary<string, RunRecord> _records = new(StringComparer.Ordinal);

    public RunStore Store => _store;

    /// <summary>The latest first; what cannot be read is left out.</summary>
    public IReadOnlyList<RunRecord> Latest => [.. _store.List().Take(MaxKept).Select(Read).OfType<RunRecord>()];

    /// <summary>The record of a name that came from outside; null where no run has it.</summary>
    public RunRecord? Find(string id) => _records.TryGetValue(id, out var known) ? known : _store.List().Contains(id) ? Read(id) : null;

    /// <summary>Whether a name that came from outside is that of a run, finished or not.</summary>
    public bool Knows(string id) => _records.ContainsKey(id) || _store.List().Contains(id) || _store.Unfinished().Contains(id);

    private RunRecord? Read(string id)
    {
        if (_records.TryGetValue(id, out var known))
            return known;
        if (_store.Find(id) is not { } read)
            return null;
        if (_records.Count > 2 * MaxKept)
            _records.Clear();
        return _records[id] = read;
    }
}
