namespace Pipelines.Stages.Contracts.Cards;

/// <summary>
/// Cells by row and column, e.g. a confusion matrix (rows true, columns predicted) or attention weights. Names of rows and columns are
/// data.
/// </summary>
public sealed record HeatmapFigure(
    string Name, string RowAxis, string ColumnAxis, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<double>> Values, ValueFormat Format = ValueFormat.Auto) : Figure(Name)
{
    /// <summary>The one text that it is drawn of; null: it is of many, or of something else.</summary>
    public string? About { get; init; }

    public override IEnumerable<string> Keys() => [Name, RowAxis, ColumnAxis];

    public override CardItem Rename(Func<string, string> rename) =>
        this with { Rows = [.. Rows.Select(rename)], Columns = [.. Columns.Select(rename)] };

    public override Grid ToGrid() =>
        new(Name, [new(RowAxis), .. Columns.Select(column => new GridColumn(column, Format) { IsData = true })],
        [.. Rows.Select((row, i) => (IReadOnlyList<object?>)[row, .. Values[i].Select(value => (object?)value)])]);
}
