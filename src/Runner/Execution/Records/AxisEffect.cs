using Pipelines.Runner.Planning;
using Pipelines.Stages.Measures;

namespace Pipelines.Runner.Execution;

/// <summary>What one axis of a sweep changes: cells that differ on it alone are compared with each other.</summary>
/// <param name="Axis">No seed and no fold.</param>
/// <param name="Metric">A score of an evaluation where there is one.</param>
/// <param name="Values">In the order of the file.</param>
/// <param name="SeedDeviation">How much the score varies where only seed or fold differ; null where nothing is repeated.</param>
public sealed record AxisEffect(string Axis, SweepMetric Metric, IReadOnlyList<AxisValue> Values, double? SeedDeviation)
{
    /// <summary>The axes of a sweep that take several values, each cell of which was measured.</summary>
    /// <param name="isEvaluation">Whether a stage, as it is written, measures how good a model is.</param>
    public static IReadOnlyList<AxisEffect> Of(Sweep sweep, Func<string, bool> isEvaluation)
    {
        var metric = sweep.Metrics.ToList().FindIndex(metric => isEvaluation(metric.Stage)) is >= 0 and var found ? found : 0;
        List<AxisEffect> effects = [];
        for (var axis = 0; axis < sweep.Axes.Count; axis++)
            if (!Repetitions.IsAxis(sweep.Axes[axis]) && Of(sweep, axis, metric) is { Values.Count: > 1 } effect)
                effects.Add(effect);
        return effects;
    }

    private static AxisEffect Of(Sweep sweep, int axis, int metric)
    {
        var values = sweep.Cells.Where(cell => cell.Measured[metric] is not null)
            .GroupBy(cell => cell.Values[axis], StringComparer.Ordinal)
            .Select(cells => new AxisValue(cells.Key, cells.ToDictionary(
                cell => string.Join(", ", sweep.Axes.Zip(cell.Values, (name, value) => $"{name}={value}").Where((_, i) => i != axis)),
                cell => cell.Measured[metric]!.Value, StringComparer.Ordinal))).ToList();
        return new(sweep.Axes[axis], sweep.Metrics[metric], values, SeedDeviationOf(sweep, metric));
    }

    /// <summary>Pooled over the settings.</summary>
    private static double? SeedDeviationOf(Sweep sweep, int metric)
    {
        var spreads = sweep.IsRepeated
            ? sweep.Groups().Select(group => group.Measured[metric]).OfType<Spread>().Where(spread => spread.Deviation is not null).ToList()
            : [];
        return spreads.Count == 0 ? null
            : Math.Sqrt(spreads.Sum(spread => spread.Deviation!.Value * spread.Deviation.Value * (spread.Count - 1))
                / spreads.Sum(spread => spread.Count - 1));
    }
}

/// <param name="Measured">The score, by what else the cell is: <c>seed=1</c>.</param>
public sealed record AxisValue(string Name, IReadOnlyDictionary<string, double> Measured)
{
    public double Mean => Measured.Values.Average();

    /// <summary>How much more another value gives, over cells that differ in nothing else; null where that is one pair.</summary>
    public PairedMean? DifferenceTo(AxisValue other) => PairedMean.Of(
        [.. Measured.Where(cell => other.Measured.ContainsKey(cell.Key)).OrderBy(cell => cell.Key, StringComparer.Ordinal)
            .Select(cell => other.Measured[cell.Key] - cell.Value)]);
}
