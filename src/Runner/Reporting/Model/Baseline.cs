using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>What always answering the most frequent label would score: the least a model has to beat.</summary>
internal static class Baseline
{
    /// <summary>From the <c>describe/labels</c> stage that looks at the same labels as the evaluation: whole, or the same first characters.</summary>
    public static double? Of(Scores scores, IReadOnlyList<StageResult> results)
    {
        var prefix = Lineage.Of(scores.StageId, results).Where(result => result.Kind == "label/prefix")
            .Select(result => result.Stage.Values.GetValueOrDefault("length")?.Text).FirstOrDefault() ?? Canonical.Null;
        return results.Where(result => result.Kind == "describe/labels" && result.Stage.Values.GetValueOrDefault("prefix")?.Text == prefix)
            .Select(result => result.Metrics.TryGetValue($"{scores.Split}.majority_accuracy", out var value) ? value : (double?)null)
            .FirstOrDefault();
    }
}
