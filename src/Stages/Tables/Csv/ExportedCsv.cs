using System.Globalization;
using System.Text.Json;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>A table as CSV: UTF-8, a header, lists as JSON.</summary>
internal static class ExportedCsv
{
    public static async Task WriteAsync(Table table, string path, CancellationToken cancellation)
    {
        using var csv = CsvText.ToFile(path);
        foreach (var column in table.Columns)
            csv.Cell(column.Name);
        csv.EndRow();
        await foreach (var batch in table.ReadAsync(cancellation).ConfigureAwait(false))
        {
            var cells = batch.Columns.Select(Cells).ToArray();
            for (var row = 0; row < batch.Count; row++)
            {
                foreach (var cell in cells)
                    csv.Cell(cell(row));
                csv.EndRow();
            }
        }
    }

    private static Func<int, string?> Cells(ColumnData column) => column switch
    {
        Values<string> values => row => values[row],
        Values<int> values => row => values[row].ToString(CultureInfo.InvariantCulture),
        Values<long> values => row => values[row].ToString(CultureInfo.InvariantCulture),
        Values<float> values => row => values[row].ToString("R", CultureInfo.InvariantCulture),
        Values<double> values => row => values[row].ToString("R", CultureInfo.InvariantCulture),
        Values<bool> values => row => values[row] ? "true" : "false",
        Lists<string> lists => row => JsonSerializer.Serialize(lists[row].ToArray(), Json.Plain),
        Lists<int> lists => row => JsonSerializer.Serialize(lists[row].ToArray(), Json.Plain),
        Lists<long> lists => row => JsonSerializer.Serialize(lists[row].ToArray(), Json.Plain),
        Lists<float> lists => row => JsonSerializer.Serialize(lists[row].ToArray(), Json.Plain),
        Lists<double> lists => row => JsonSerializer.Serialize(lists[row].ToArray(), Json.Plain),
        Lists<bool> lists => row => JsonSerializer.Serialize(lists[row].ToArray(), Json.Plain),
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };
}
