using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Puts stages behind what they need, otherwise as in the file; reports those that wait for each other.</summary>
internal sealed class StageOrder(IReadOnlyList<StageDraft> drafts, ICollection<Diagnostic> diagnostics)
{
    public IReadOnlyList<StageDraft> Sorted() => IsInOrder() ? drafts : Reordered();

    private bool IsInOrder()
    {
        foreach (var draft in drafts)
            foreach (var need in draft.Needs)
                if (need.From >= draft.Index)
                    return false;
        return true;
    }

    private List<StageDraft> Reordered()
    {
        var open = new int[drafts.Count];
        var users = new List<int>?[drafts.Count];
        foreach (var draft in drafts)
            foreach (var need in draft.Needs)
            {
                open[draft.Index]++;
                (users[need.From] ??= []).Add(draft.Index);
            }
        PriorityQueue<int, int> ready = new();
        for (var i = 0; i < open.Length; i++)
            if (open[i] == 0)
                ready.Enqueue(i, i);
        List<StageDraft> sorted = new(drafts.Count);
        while (ready.TryDequeue(out var index, out _))
        {
            sorted.Add(drafts[index]);
            foreach (var user in users[index] ?? [])
                if (--open[user] == 0)
                    ready.Enqueue(user, user);
        }
        if (sorted.Count < drafts.Count)
            ReportCycles(open);
        return sorted;
    }

    /// <summary>Walks backwards from every stage that never got ready: such a walk cannot end, so it comes back to itself.</summary>
    private void ReportCycles(int[] open)
    {
        var walk = new int[drafts.Count];
        for (var start = 0; start < drafts.Count; start++)
        {
            if (open[start] == 0 || walk[start] != 0)
                continue;
            List<(int Stage, SourceSpan At)> path = [];
            var current = start;
            while (walk[current] == 0)
            {
                walk[current] = start + 1;
                var edge = drafts[current].Needs.First(need => open[need.From] > 0);
                path.Add((current, edge.At));
                current = edge.From;
            }
            if (walk[current] == start + 1)
                Report(path, current);
        }
    }

    // The walk goes from users to what they need; data flows the other way.
    private void Report(List<(int Stage, SourceSpan At)> path, int entry)
    {
        var cycle = path[path.FindIndex(step => step.Stage == entry)..];
        cycle.Reverse();
        var earliest = cycle.Min(step => step.Stage);
        var first = cycle.FindIndex(step => step.Stage == earliest);
        cycle = [.. cycle[first..], .. cycle[..first]];
        diagnostics.Add(
            Diagnostics.Cycle([.. cycle.Select(step => drafts[step.Stage].Id)], [.. cycle[1..].Append(cycle[0]).Select(step => step.At)]));
    }
}
