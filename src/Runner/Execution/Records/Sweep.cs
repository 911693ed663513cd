using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Execution;

/// <summary>The cells of one matrix beside each other.</summary>
/// <param name="Axes">Those on which cells differ.</param>
/// <param name="Cells">In the order of the plan.</param>
public sealed record Sweep(IReadOnlyList<string> Axes, IReadOnlyList<SweepMetric> Metrics, IReadOnlyList<SweepCell> Cells)
{
    /// <summary>One sweep for each matrix, or combination of matrices, of the plan.</summary>
    public static IReadOnlyList<Sweep> Of(Plan plan, RunRecord run) => new SweepReader(plan, run).Read();

    public bool IsRepeated => Axes.Count > 1 && Axes.Any(Repetitions.IsAxis);

    public IReadOnlyList<string> AxesOfGroups => IsRepeated ? [.. Axes.Where(axis => !Repetitions.IsAxis(axis))] : Axes;

    /// <summary>Cells that differ by their seed or fold only, together; without such an axis each cell alone.</summary>
    public IReadOnlyList<SweepGroup> Groups() =>
    [
        .. Cells.GroupBy(ValuesOfGroup, TextsComparer.Instance).Select(cells => new SweepGroup(
            cells.Key, [.. Metrics.Select((_, i) => Spread.Of(cells.Select(cell => cell.Measured[i])))], cells.Any(cell => cell.IsChosen))),
    ];

    private List<string> ValuesOfGroup(SweepCell cell) => [.. cell.Values.Where((_, i) => !IsRepeated || !Repetitions.IsAxis(Axes[i]))];

    private sealed class TextsComparer : IEqualityComparer<IReadOnlyList<string>>
    {
        public static TextsComparer Instance { get; } = new();

        public bool Equals(IReadOnlyList<string>? a, IReadOnlyList<string>? b) => a!.SequenceEqual(b!, StringComparer.Ordinal);

        public int GetHashCode(IReadOnlyList<string> texts) => texts.Aggregate(0, (hash, text) => HashCode.Combine(hash, text));
    }
}

/// <param name="Stage">As written, without the cell.</param>
/// <param name="Format">As its kind describes it.</param>
public sealed record SweepMetric(string Stage, string Name, ValueFormat Format);

/// <param name="Values">By axis.</param>
/// <param name="Measured">By metric; null where it was not measured.</param>
/// <param name="IsChosen">A stage that chooses handed on what this cell made.</param>
public sealed record SweepCell(IReadOnlyList<string> Values, IReadOnlyList<double?> Measured, bool IsChosen);

public sealed record SweepGroup(IReadOnlyList<string> Values, IReadOnlyList<Spread?> Measured, bool IsChosen);

/// <summary>Repetitions of one measurement.</summary>
/// <param name="Deviation">The standard deviation of a sample; null of a single value.</param>
public sealed record Spread(double Mean, double? Deviation, int Count)
{
    /// <summary>Null where nothing was measured.</summary>
    public static Spread? Of(IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>()];
        if (known.Length == 0)
            return null;
        var mean = known.Average();
        return new(mean,
            known.Length == 1 ? null : Math.Sqrt(known.Sum(value => (value - mean) * (value - mean)) / (known.Length - 1)), known.Length);
    }
}
