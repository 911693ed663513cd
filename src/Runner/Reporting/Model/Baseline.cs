using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>What always answering the most frequent label would score: the least a model has to beat.</summary>
internal static class Baseline
{
    /// <summary>From the <c>describe/labels</c> stage that looks at the same labels as the evaluation: whole, or the same first characters.</summary>
    public static double? Of(Scores scores, IReadOnlyList<StageResult> results)
    {
        var byId = results.ToDictionary(result => result.Id, StringComparer.Ordinal);
        var prefix = Ancestors(byId[scores.StageId].Stage, byId).Where(stage => stage.Spec.Kind == "label/prefix")
            .Select(stage => stage.Values.GetValueOrDefault("length")?.Text).FirstOrDefault() ?? Canonical.Null;
        return results.Where(result => result.Kind == "describe/labels" && result.Stage.Values.GetValueOrDefault("prefix")?.Text == prefix)
            .Select(result => result.Metrics.TryGetValue($"{scores.Split}.majority_accuracy", out var value) ? value : (double?)null)
            .FirstOrDefault();
    }

    private static IEnumerable<PlannedStage> Ancestors(PlannedStage stage, Dictionary<string, StageResult> byId)
    {
        HashSet<string> seen = [stage.Id];
        Queue<PlannedStage> open = new([stage]);
        while (open.TryDequeue(out var next))
        {
            yield return next;
            foreach (var source in next.Inputs.SelectMany(port => port.Value))
                if (seen.Add(source.StageId) && byId.TryGetValue(source.StageId, out var found))
                    open.Enqueue(found.Stage);
        }
    }
}
