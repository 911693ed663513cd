using System.Text.Json.Serialization;

namespace Pipelines.Stages.Contracts.Cards;

/// <summary>A table of the report. Cells are string, bool, int, long, double or null.</summary>
public sealed record Grid(string Name, IReadOnlyList<GridColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows) : CardItem(Name)
{
    public override IEnumerable<string> Keys() => [Name, .. Columns.Where(column => !column.IsData).Select(column => column.Name)];

    public override CardItem Rename(Func<string, string> rename) => this with
    {
        Columns = [.. Columns.Select(column => column with { Name = rename(column.Name) })],
        Rows = [.. Rows.Select(row => (IReadOnlyList<object?>)[.. row.Select(cell => cell is string text ? rename(text) : cell)])],
    };
}

public sealed record GridColumn(string Name, ValueFormat Format = ValueFormat.Auto)
{
    /// <summary>A column of this name goes into the one before it: <c>74.5 ± 2.1%</c>.</summary>
    public const string Deviation = "deviation";

    /// <summary>Whether the name is data, such as a class, and not a key. Only of tables of figures, which are never kept.</summary>
    [JsonIgnore]
    public bool IsData { get; init; }
}
