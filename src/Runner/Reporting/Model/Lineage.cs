namespace Pipelines.Runner.Reporting.Model;

/// <summary>Where a result comes from.</summary>
internal static class Lineage
{
    /// <summary>The stage itself and all whose outputs went into it, the nearest first.</summary>
    public static IEnumerable<StageResult> Of(string stageId, IReadOnlyList<StageResult> results)
    {
        var byId = results.ToDictionary(result => result.Id, StringComparer.Ordinal);
        HashSet<string> seen = [stageId];
        Queue<StageResult> open = new([byId[stageId]]);
        while (open.TryDequeue(out var next))
        {
            yield return next;
            foreach (var source in next.Stage.Inputs.SelectMany(port => port.Value))
                if (seen.Add(source.StageId) && byId.TryGetValue(source.StageId, out var found))
                    open.Enqueue(found);
        }
    }
}
