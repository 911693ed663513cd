using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>Where a result comes from.</summary>
internal static class Lineage
{
    /// <summary>The stage itself and all whose outputs went into it, the nearest first.</summary>
    /// <param name="goesOn">Whether to go on to what went into a stage.</param>
    public static IEnumerable<StageResult> Of(
        string stageId, IReadOnlyList<StageResult> results, Func<StageResult, bool>? goesOn = null)
    {
        var byId = results.ToDictionary(result => result.Id, StringComparer.Ordinal);
        HashSet<string> seen = [stageId];
        Queue<StageResult> open = new([byId[stageId]]);
        while (open.TryDequeue(out var next))
        {
            yield return next;
            foreach (var source in goesOn?.Invoke(next) is false ? [] : Sources(next, byId))
                if (seen.Add(source.StageId) && byId.TryGetValue(source.StageId, out var found))
                    open.Enqueue(found);
        }
    }

    /// <summary>Of a stage that hands on some of what it gathers, the sources of that; else every source.</summary>
    private static List<OutputRef> Sources(StageResult result, Dictionary<string, StageResult> byId)
    {
        var sources = result.Stage.Inputs.SelectMany(port => port.Value).ToList();
        if (result.Stage.Inputs.Values.All(port => port.Count < 2))
            return sources;
        var given = result.Artifacts.Select(artifact => artifact.Id).ToHashSet();
        var handedOn = sources.FindAll(source => byId.TryGetValue(source.StageId, out var from)
            && from.Artifacts.Any(artifact => given.Contains(artifact.Id)));
        return handedOn.Count > 0 ? handedOn : sources;
    }

    /// <summary>Of a stage that hands on something of what it gathers, the cell that made most of it; else null.</summary>
    public static StageResult? Chosen(StageResult result, Dictionary<string, StageResult> byId)
    {
        var given = result.Artifacts.Select(artifact => artifact.Id).ToHashSet();
        return result.Stage.Inputs.Values.Where(port => port.Count > 1).SelectMany(port => port).Select(source => source.StageId).Distinct()
            .Select(id => byId.GetValueOrDefault(id)).OfType<StageResult>().Where(from => from.Stage.Cell.Count > 0)
            .Select(from => (From: from, Handed: from.Artifacts.Count(artifact => given.Contains(artifact.Id))))
            .Where(entry => entry.Handed > 0).OrderByDescending(entry => entry.Handed).Select(entry => entry.From).FirstOrDefault();
    }
}
