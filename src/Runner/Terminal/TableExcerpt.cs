using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;

namespace Pipelines.Runner.Terminal;

/// <summary>Some rows and columns of a table, as aligned text or as JSON.</summary>
internal sealed record TableExcerpt(Table Table, IReadOnlyList<Column> Columns, long From, int Count)
{
    private const int MaxColumnWidth = 60;

    /// <param name="named">Puts names in the place of a cell that is a reference (<see cref="SourceName"/>).</param>
    public async Task WriteAsync(Screen screen, Func<string, string> named, CancellationToken cancellation)
    {
        var rows = new List<string[]>();
        await foreach (var (batch, row) in RowsAsync(cancellation).ConfigureAwait(false))
            rows.Add([.. batch.Columns.Select(column => Cell(column, row, named))]);
        string[] names = [.. Columns.Select(column => Format.OneLine(column.Name))];
        string[] types = [.. Columns.Select(column => column.Type.ToString())];
        var widths = ColumnWidths.Fit(
            [.. Columns.Select((_, i) => Math.Min(MaxColumnWidth, rows.Append(names).Append(types).Max(row => row[i].Length)))],
            screen.Width);
        foreach (var row in new[] { names, types, [.. widths.Select(width => new string('─', width))] }.Concat(rows))
            screen.Out.WriteLine(string.Join("  ", row.Select((cell, i) => Format.Cut(cell, widths[i]).PadRight(widths[i]))).TrimEnd());
        screen.Out.WriteLine($"{Format.Count(Table.Rows, "row")}, {Format.Count(Table.Columns.Count, "column")}");
    }

    public async Task WriteJsonAsync(Screen screen, CancellationToken cancellation)
    {
        JsonArray rows = [];
        await foreach (var (batch, row) in RowsAsync(cancellation).ConfigureAwait(false))
            rows.Add(new JsonObject(batch.Columns.Select(column => KeyValuePair.Create(column.Name, Value(column, row)))));
        screen.Out.WriteLine(new JsonObject
        {
            ["rows"] = Table.Rows,
            ["from"] = From,
            ["columns"] = new JsonObject(Columns.Select(column => KeyValuePair.Create(column.Name, (JsonNode?)column.Type.ToString()))),
            ["data"] = rows,
        }.ToJsonString(Json.Indented));
    }

    private IAsyncEnumerable<(RowBatch Batch, int Row)> RowsAsync(CancellationToken cancellation) =>
        Table.RowsAsync([.. Columns.Select(column => column.Name)], From, Count, cancellation);

    private static string Cell(ColumnData column, int row, Func<string, string> named)
    {
        var text = CellFormat.Of(column, row);
        return Format.OneLine(column is Values<string> ? named(text) : text);
    }

    private static JsonNode? Value(ColumnData column, int row) => column switch
    {
        Values<string> texts => texts[row],
        Values<bool> values => values[row],
        Values<int> values => values[row],
        Values<long> values => values[row],
        Values<float> values => JsonSerializer.SerializeToNode(values[row], Json.Plain),
        Values<double> values => JsonSerializer.SerializeToNode(values[row], Json.Plain),
        Lists<bool> lists => JsonSerializer.SerializeToNode(lists[row].ToArray(), Json.Plain),
        Lists<string> lists => JsonSerializer.SerializeToNode(lists[row].ToArray(), Json.Plain),
        Lists<int> lists => JsonSerializer.SerializeToNode(lists[row].ToArray(), Json.Plain),
        Lists<long> lists => JsonSerializer.SerializeToNode(lists[row].ToArray(), Json.Plain),
        Lists<float> lists => JsonSerializer.SerializeToNode(lists[row].ToArray(), Json.Plain),
        Lists<double> lists => JsonSerializer.SerializeToNode(lists[row].ToArray(), Json.Plain),
        _ => throw new System.Diagnostics.UnreachableException($"A column of {column.Type}."),
    };
}
