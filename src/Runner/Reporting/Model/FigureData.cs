using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>The numbers of a figure as a table, for those who cannot see it and those who want to know exactly.</summary>
internal static class FigureData
{
    public static Grid Of(CardItem figure) => figure switch
    {
        LineFigure lines => Of(lines),
        BarFigure bars => new(bars.Name, [new(bars.X), .. bars.Series.Select(series => new GridColumn(series.Name, bars.Format))],
            [.. bars.Categories.Select((category, i) => (IReadOnlyList<object?>)[category, .. bars.Series.Select(series => (object?)series.Values[i])])]),
        HistogramFigure histogram => new(histogram.Name, [new("from"), new("to"), new("count", ValueFormat.Integer)],
            [.. histogram.Counts.Select((count, i) => (IReadOnlyList<object?>)[histogram.Edges[i], histogram.Edges[i + 1], count])]),
        HeatmapFigure heatmap => new(heatmap.Name, [new(heatmap.RowAxis), .. heatmap.Columns.Select(column => new GridColumn(column, heatmap.Format))],
            [.. heatmap.Rows.Select((row, i) => (IReadOnlyList<object?>)[row, .. heatmap.Values[i].Select(value => (object?)value)])]),
        IntervalFigure intervals => new(intervals.Name,
            [new("name"), new(intervals.X, intervals.Format), new("interval_low", intervals.Format), new("interval_high", intervals.Format)],
            [.. intervals.Rows.Select(row => (IReadOnlyList<object?>)[row.Label, row.Value, row.Low, row.High])]),
        ScatterFigure scatter => new(scatter.Name, [new("name"), new("group"), new(scatter.X, ValueFormat.Decimal), new(scatter.Y, ValueFormat.Decimal)],
            [.. scatter.Points.Select(point => (IReadOnlyList<object?>)[point.Label, point.Group, point.X, point.Y])]),
        _ => throw new ArgumentOutOfRangeException(nameof(figure), figure.GetType().Name, "not a drawn figure"),
    };

    // The series may have points at different x.
    private static Grid Of(LineFigure lines)
    {
        var xs = lines.Series.SelectMany(series => series.X).Distinct().Order();
        var columns = lines.Series.SelectMany(Columns).ToList();
        return new(lines.Name, [new(lines.X), .. columns.Select(column => new GridColumn(column.Name, lines.Format ?? ValueFormat.Auto))],
            [.. xs.Select(x => (IReadOnlyList<object?>)[x, .. columns.Select(column => column.Values.TryGetValue(x, out var y) ? y : (object?)null)])]);
    }

    private static IEnumerable<(string Name, Dictionary<double, double> Values)> Columns(LineSeries series)
    {
        yield return (series.Name, ByX(series.Y));
        if (series.Deviation is not null)
            yield return (TableView.Deviation, ByX(series.Deviation, series.HasWhisker));

        Dictionary<double, double> ByX(IReadOnlyList<double> values, Func<int, bool>? isThere = null) =>
            series.X.Zip(values).Where((_, i) => isThere?.Invoke(i) ?? true).DistinctBy(point => point.First).ToDictionary(point => point.First, point => point.Second);
    }
}
