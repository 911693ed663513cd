using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>A part of a plan that can run by itself.</summary>
internal static class PlanSelection
{
    public static Checked<Plan> Of(Plan plan, IReadOnlyCollection<string> ids)
    {
        var byName = plan.ByName();
        List<Diagnostic> diagnostics = [];
        foreach (var id in ids)
            if (!byName.Contains(id))
            {
                SourceSpan at = new(new("--only", id), 1, 1, Math.Max(1, id.Length));
                diagnostics.Add(plan.LeftOut.FirstOrDefault(stage => stage.Id == id) is { } left
                    ? Diagnostics.LeftOutSelection(at, id, left.If)
                    : Diagnostics.UnknownSelection(at, id, [.. byName.Select(stages => stages.Key)]));
            }
        if (diagnostics.Count > 0)
            return new(null, diagnostics);

        var wanted = WithNeeded(plan, ids.SelectMany(id => byName[id]).Select(stage => stage.Id));
        return new(plan with
        {
            Stages = [.. plan.Stages.Where(stage => wanted.Contains(stage.Id))],
            Expectations = [.. plan.Expectations.Where(expectation => wanted.Any(id => expectation.Metric.StartsWith(id + ".", StringComparison.Ordinal)))],
        }, []);
    }

    /// <summary>These stages and all that they need, however far before them.</summary>
    public static HashSet<string> WithNeeded(Plan plan, IEnumerable<string> ids)
    {
        HashSet<string> wanted = new(ids, StringComparer.Ordinal);
        // Backwards, so that every user is seen before what it needs.
        foreach (var stage in plan.Stages.Reverse())
            if (wanted.Contains(stage.Id))
                wanted.UnionWith(stage.Inputs.Values.SelectMany(sources => sources).Select(source => source.StageId));
        return wanted;
    }
}
