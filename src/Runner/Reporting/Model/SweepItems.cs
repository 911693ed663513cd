using System.Globalization;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>A sweep as a table and a figure: over its first axis of numbers as curves, else as bars.</summary>
internal static class SweepItems
{
    private const int MaxCurves = 7;
    private const int MaxBars = 40;

    // Fewer are seen at a glance in the table.
    private const int MinBars = 7;
    private const int MinPoints = 3;

    /// <summary>Numbers farther apart than this, such as learning rates, would lie on each other.</summary>
    private const double MaxRange = 50;

    public static IEnumerable<CardItem> Of(Sweep sweep)
    {
        var groups = sweep.Groups();
        yield return sweep.IsRepeated ? Means(sweep, groups) : Cells(sweep);
        if (Figure(sweep, groups) is { } figure)
            yield return figure;
        if (sweep.IsRepeated)
            yield return Cells(sweep);
    }

    /// <summary>What a sweep gives as files: every cell, and the means.</summary>
    public static IEnumerable<Grid> Tables(Sweep sweep) => sweep.IsRepeated ? [Cells(sweep), Means(sweep, sweep.Groups())] : [Cells(sweep)];

    private static Grid Cells(Sweep sweep) => new("sweep_cells",
        [.. Axes(sweep.Axes), .. sweep.Metrics.Select(metric => new GridColumn(NameOf(metric, sweep), metric.Format)), .. Chosen(sweep)],
        [.. sweep.Cells.Select(cell => (IReadOnlyList<object?>)
            [.. cell.Values, .. cell.Measured.Select(value => (object?)value), .. Chosen(sweep).Select(_ => (object)cell.IsChosen)])]);

    private static Grid Means(Sweep sweep, IReadOnlyList<SweepGroup> groups) => new("sweep_means",
        [
            .. Axes(sweep.AxesOfGroups),
            .. sweep.Metrics.SelectMany(metric =>
                new[] { new GridColumn(NameOf(metric, sweep), metric.Format), new(GridColumn.Deviation, metric.Format) }),
            new("repetitions", ValueFormat.Integer), .. Chosen(sweep),
        ],
        [.. groups.Select(group => (IReadOnlyList<object?>)
        [
            .. group.Values, .. group.Measured.SelectMany(spread => new object?[] { spread?.Mean, spread?.Deviation }),
            group.Measured.Max(spread => spread?.Count ?? 0), .. Chosen(sweep).Select(_ => (object)group.IsChosen),
        ])]);

    private static CardItem? Figure(Sweep sweep, IReadOnlyList<SweepGroup> groups)
    {
        if (groups.Count < MinPoints)
            return null;
        var metric = sweep.Metrics[0];
        var axis = Enumerable.Range(0, sweep.AxesOfGroups.Count).FirstOrDefault(i => IsAxisOfNumbers(groups, i), -1);
        if (axis >= 0 && groups.GroupBy(group => Others(sweep, group, axis)).ToList() is { Count: <= MaxCurves } curves)
            return new LineFigure(sweep.IsRepeated ? "sweep_curve_of_means" : "sweep_curve", sweep.AxesOfGroups[axis],
                NameOf(metric, sweep),
                [.. curves.Select(curve => Curve(curve.Key.Length > 0 ? curve.Key : NameOf(metric, sweep), curve, axis))],
                Format: metric.Format)
            { IsDataX = true };
        if (groups.Count is < MinBars or > MaxBars || groups.All(group => group.Measured[0] is null))
            return null;
        return new BarFigure("sweep_bars", "cell", NameOf(metric, sweep), [.. groups.Select(group => Others(sweep, group, without: -1))],
            [new(NameOf(metric, sweep), [.. groups.Select(group => group.Measured[0]?.Mean ?? double.NaN)])], metric.Format);
    }

    private static LineSeries Curve(string name, IEnumerable<SweepGroup> groups, int axis)
    {
        var points = groups.Where(group => group.Measured[0] is not null)
            .Select(group => (X: Number(group.Values[axis])!.Value, Y: group.Measured[0]!)).OrderBy(point => point.X).ToList();
        var deviations = points.Exists(point => point.Y.Deviation is not null)
            ? points.Select(point => point.Y.Deviation ?? double.NaN).ToList()
            : null;
        return new(name, [.. points.Select(point => point.X)], [.. points.Select(point => point.Y.Mean)], deviations);
    }

    private static bool IsAxisOfNumbers(IReadOnlyList<SweepGroup> groups, int axis)
    {
        var numbers = groups.Select(group => Number(group.Values[axis])).Distinct().ToList();
        return numbers.Count > 1 && numbers.All(number => number is not null)
            && !(numbers.Min() > 0 && numbers.Max() / numbers.Min() > MaxRange);
    }

    private static string Others(Sweep sweep, SweepGroup group, int without) =>
        string.Join(", ", sweep.AxesOfGroups.Zip(group.Values, (axis, value) => $"{axis}={value}").Where((_, i) => i != without));

    private static IEnumerable<GridColumn> Axes(IReadOnlyList<string> axes) =>
        axes.Select(axis => new GridColumn(axis, ValueFormat.Code) { IsData = true });

    private static IEnumerable<GridColumn> Chosen(Sweep sweep) =>
        sweep.Cells.Any(cell => cell.IsChosen) ? [new("chosen", ValueFormat.Check)] : [];

    private static string NameOf(SweepMetric metric, Sweep sweep) =>
        sweep.Metrics.Count(other => other.Name == metric.Name) > 1 ? $"{metric.Stage}: {metric.Name}" : metric.Name;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
