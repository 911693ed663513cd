using System.Text.Json.Serialization;

namespace Pipelines.Stages.Contracts.Cards;

/// <summary>Curves over a common axis, e.g. loss by epoch.</summary>
/// <param name="MarkX">An x to mark with a vertical line, e.g. the best epoch.</param>
/// <param name="MarkName">Key of the mark's label.</param>
public sealed record LineFigure(
    string Name, string X, string Y, IReadOnlyList<LineSeries> Series, double? MarkX = null, string? MarkName = null,
    ValueFormat? Format = null) : Figure(Name)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ValueFormat XFormat { get; init; }

    /// <summary>What stands at x = 0, 1, 2 … in the place of numbers; data.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? XNames { get; init; }

    /// <summary>Whether X is a name of the pipeline file, such as an axis of a matrix, and no key. Such figures are never kept.</summary>
    [JsonIgnore]
    public bool IsDataX { get; init; }

    public override IEnumerable<string> Keys() =>
        [Name, .. IsDataX ? Array.Empty<string>() : [X], Y, .. Series.Select(series => series.Name),
            .. MarkName is null ? Array.Empty<string>() : [MarkName]];

    public override CardItem Rename(Func<string, string> rename) =>
        this with { Series = [.. Series.Select(series => series with { Name = rename(series.Name) })] };

    // The series may have points at different x.
    public override Grid ToGrid()
    {
        var xs = Series.SelectMany(series => series.X).Distinct().Order();
        var columns = Series.SelectMany(Columns).ToList();
        return new(Name,
            [new(X, XFormat) { IsData = IsDataX }, .. columns.Select(column => new GridColumn(column.Name, Format ?? ValueFormat.Auto))],
            [.. xs.Select(x => (IReadOnlyList<object?>)[NameOf(x),
                .. columns.Select(column => column.Values.TryGetValue(x, out var y) ? y : (object?)null)])]);
    }

    private object NameOf(double x) => XNames is null ? x : XNames[(int)x];

    private static IEnumerable<(string Name, Dictionary<double, double> Values)> Columns(LineSeries series)
    {
        yield return (series.Name, ByX(series.Y));
        if (series.Deviation is not null)
            yield return (GridColumn.Deviation, ByX(series.Deviation, series.HasWhisker));

        Dictionary<double, double> ByX(IReadOnlyList<double> values, Func<int, bool>? isThere = null) =>
            series.X.Zip(values).Where((_, i) => isThere?.Invoke(i) ?? true).DistinctBy(point => point.First)
                .ToDictionary(point => point.First, point => point.Second);
    }
}

/// <param name="Deviation">Drawn as a whisker up and down from each point, of this length; null: none.</param>
public sealed record LineSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double>? Deviation = null)
{
    /// <summary>Whether the whisker of a point can be drawn.</summary>
    public bool HasWhisker(int point) => Deviation is not null && double.IsFinite(Deviation[point]) && double.IsFinite(Y[point]);
}
