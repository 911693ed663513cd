using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;

namespace Pipelines.Runner.Terminal;

/// <summary>Some rows of a table as aligned text.</summary>
internal static class TablePrinter
{
    private const int MaxColumnWidth = 60;

    /// <param name="named">Puts names in the place of a cell that is a reference (<see cref="SourceName"/>).</param>
    public static async Task WriteAsync(
        Screen screen, Table table, IReadOnlyList<Column> columns, long from, int count, Func<string, string> named,
        CancellationToken cancellation)
    {
        var rows = new List<string[]>();
        var position = 0L;
        await foreach (var batch in table.ReadAsync([.. columns.Select(column => column.Name)], cancellation).ConfigureAwait(false))
        {
            for (var row = (int)Math.Max(0, from - position); row < batch.Count && rows.Count < count; row++)
                rows.Add([.. batch.Columns.Select(column => Cell(column, row, named))]);
            position += batch.Count;
            if (rows.Count == count)
                break;
        }
        Write(screen, table, columns, rows);
    }

    private static void Write(Screen screen, Table table, IReadOnlyList<Column> columns, List<string[]> rows)
    {
        string[] names = [.. columns.Select(column => column.Name)];
        string[] types = [.. columns.Select(column => column.Type.ToString())];
        int[] widths = [.. columns.Select((_, i) => Math.Min(MaxColumnWidth, rows.Append(names).Append(types).Max(row => row[i].Length)))];
        foreach (var row in new[] { names, types, [.. widths.Select(width => new string('─', width))] }.Concat(rows))
            screen.Out.WriteLine(string.Join("  ", row.Select((cell, i) => Format.Cut(cell, widths[i]).PadRight(widths[i]))).TrimEnd());
        screen.Out.WriteLine($"{Format.Count(table.Rows, "row")}, {Format.Count(table.Columns.Count, "column")}");
    }

    private static string Cell(ColumnData column, int row, Func<string, string> named)
    {
        var text = CellFormat.Of(column, row);
        return Format.OneLine(column is Values<string> ? named(text) : text);
    }
}
