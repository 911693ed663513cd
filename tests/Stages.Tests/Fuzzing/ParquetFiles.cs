using DuckDB.NET.Data;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Fuzzing;

/// <summary>Parquet of other programs; beside it DuckDB.</summary>
internal sealed class ParquetFiles() : FuzzedFormat("parquet")
{
    private const string Select =
        """
        select 'text ' || i as text, if(i % 5 = 0, null, 'label ' || (i % 3)) as label, i::integer as number, i * 1000000007 as long,
            if(i % 4 = 0, null, i / 7) as real, i % 2 = 0 as yes, case i % 3 when 0 then [] else [i, i + 1] end as items
        from (select range as i from range(60))
        """;

    private static readonly string[] Unneeded = ["TProtocolException", "stats size", "don't know what type"];

    public override IReadOnlyList<byte[]> Samples =>
    [
        Written("compression snappy"), Written("compression uncompressed"), Written("compression zstd"), Written("compression gzip"),
        Written("compression uncompressed, parquet_version v2"), Written("compression snappy, row_group_size 20"), Own(),
    ];

    public override async Task<bool> CheckAsync(string path, byte[] bytes)
    {
        List<string> read;
        try
        {
            read = await ReadAsync(path);
        }
        catch (StageException)
        {
            return false;
        }
        try
        {
            Assert.Equal(Expected(path), read);
        }
        catch (DuckDBException error)
        {
            // It demands what no row needs too: statistics, the metadata of other programs, and the type of the items of empty lists.
            if (!Unneeded.Any(part => error.Message.Contains(part, StringComparison.Ordinal)))
                throw new InvalidDataException($"DuckDB refuses what is accepted: {error.Message}", error);
            return false;
        }
        return true;
    }

    private static async Task<List<string>> ReadAsync(string path)
    {
        var imported = await ImportedParquet.OpenAsync(
            path, "data.parquet", new Dictionary<string, ColumnType>(), "file", null, CancellationToken.None);
        List<string> rows = [string.Join('|', imported.Columns.Select(column => column.Name))];
        await foreach (var batch in imported.ReadAsync(CancellationToken.None))
            for (var row = 0; row < batch.Count; row++)
                rows.Add(string.Join('|', batch.Columns.Select(column => Cell(column, row))));
        return rows;
    }

    private static string Cell(ColumnData column, int row) => column switch
    {
        Values<string> values => values[row] ?? "<null>",
        Values<double> values => double.IsNaN(values[row]) ? "<null>" : $"{values[row]:R}",
        Values<float> values => float.IsNaN(values[row]) ? "<null>" : $"{values[row]:R}",
        Lists<string> lists => string.Join(' ', lists[row].ToArray()),
        Lists<double> lists => string.Join(' ', lists[row].ToArray()),
        _ => CellFormat.Of(column, row),
    };

    private static List<string> Expected(string path)
    {
        using DuckDb duckDb = new();
        var names = duckDb.Rows($"select column_name from (describe select * from read_parquet('{path}'))");
        return [string.Join('|', names.Select(row => row[0])), .. duckDb.Rows($"select * from read_parquet('{path}')")
            .Select(row => string.Join('|', row.Select(Cell)))];
    }

    private static string Cell(object? value) => value switch
    {
        null or double.NaN or float.NaN => "<null>",
        bool yes => yes ? "true" : "false",
        string text => text,
        System.Collections.IEnumerable items => string.Join(' ', items.Cast<object?>()),
        _ => FormattableString.Invariant($"{value}"),
    };

    private static byte[] Written(string options)
    {
        using DuckDb duckDb = new();
        var path = Path.GetTempFileName();
        duckDb.Rows($"copy ({Select}) to '{path}' (format parquet, {options})");
        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }

    // As tables are written here.
    private static byte[] Own()
    {
        using StageRun run = new();
        var rows = Enumerable.Range(0, 40).ToList();
        var table = run.TableAsync(
            new Values<string>("text", [.. rows.Select(row => $"text {row}")]),
            new Values<string>("label", [.. rows.Select(row => row % 2 == 0 ? "yes" : "no")]),
            new Values<double>("score", [.. rows.Select(row => row / 8.0)]),
            new Values<bool>("kept", [.. rows.Select(row => row % 3 == 0)]),
            new Lists<int>("ids", [.. rows], [.. rows, rows.Count])).Result;
        return File.ReadAllBytes(Path.Combine(table.Directory, Table.FileName));
    }
}
