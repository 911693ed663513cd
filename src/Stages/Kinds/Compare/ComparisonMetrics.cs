using Pipelines.Stages.Measures;

namespace Pipelines.Stages.Kinds.Compare;

/// <summary>The numbers of a comparison by name: models count from 1, in the order they are given.</summary>
internal static class ComparisonMetrics
{
    public static IReadOnlyDictionary<string, double> Of(Comparison comparison, string split)
    {
        Dictionary<string, double> metrics = new() { [$"{split}.rows"] = comparison.Rows };
        foreach (var model in comparison.Models)
            for (var i = 0; i < model.Intervals.Count; i++)
                Add(metrics, FormattableString.Invariant($"{split}.model_{model.Model + 1}.{ModelMeasures.Names[i]}"), model.Intervals[i]);
        foreach (var pair in comparison.Pairs)
        {
            var name = FormattableString.Invariant($"{split}.model_{pair.Second + 1}_minus_{pair.First + 1}");
            for (var i = 0; i < pair.Differences.Count; i++)
                Add(metrics, $"{name}.{ModelMeasures.Names[i]}", pair.Differences[i]);
            metrics[$"{name}.p_value"] = pair.Test.PValue;
            metrics[$"{name}.p_value_corrected"] = pair.Corrected;
        }
        return metrics;
    }

    private static void Add(Dictionary<string, double> metrics, string name, Interval interval) =>
        (metrics[name], metrics[$"{name}_low"], metrics[$"{name}_high"]) = (interval.Value, interval.Low, interval.High);
}
