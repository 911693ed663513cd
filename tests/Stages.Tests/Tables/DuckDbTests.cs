using System.Globalization;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Tables;

/// <summary>Tables are standard Parquet: DuckDB reads those written here, and what it writes can be imported.</summary>
public sealed class DuckDbTests : IDisposable
{
    private const int Rows = 6_000;

    private const string Select =
        """
        select
            i::integer as i,
            i * 1000000007 as l,
            if(i % 5 = 0, null, (i / 7)::float) as f,
            i / 7 as d,
            i % 2 = 0 as b,
            if(i % 11 = 0, null, 'label ' || (i % 40)) as few,
            'text é ' || i as many,
            case i % 3 when 0 then [] when 1 then [i] else [i, i + 1, i + 2] end as list,
            (i % 256)::utinyint as byte
        from (select range as i from range(ROWS))
        """;

    private readonly StageRun _run = new();
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.parquet");

    public void Dispose()
    {
        _run.Dispose();
        File.Delete(_path);
    }

    [Fact]
    public async Task Every_type_is_read_with_missing_texts_and_empty_lists()
    {
        var table = await _run.TableAsync(
            new Values<bool>("b", [true, false]),
            new Values<int>("i", [int.MaxValue, -2]),
            new Values<long>("l", [long.MinValue, 2]),
            new Values<float>("f", [1.5f, -0.25f]),
            new Values<double>("d", [0.1, -1e300]),
            new Values<string>("s", ["été 日本 👍🏽\n\"", null!]),
            new Lists<int>("numbers", [1, 2], [0, 2, 2]),
            new Lists<string>("words", ["é"], [0, 0, 1]));

        var results = DuckDb.Run($"select * from '{FileOf(table)}'", $"select column_type from (describe select * from '{FileOf(table)}')");

        Assert.Equal([true, int.MaxValue, long.MinValue, 1.5f, 0.1, "été 日本 👍🏽\n\"", new List<int> { 1, 2 }, new List<string>()],
            results[0][0]);
        Assert.Equal([false, -2, 2L, -0.25f, -1e300, null, new List<int>(), new List<string> { "é" }], results[0][1]);
        Assert.Equal(["BOOLEAN", "INTEGER", "BIGINT", "FLOAT", "DOUBLE", "VARCHAR", "INTEGER[]", "VARCHAR[]"],
            results[1].Select(row => row[0]));
    }

    [Fact]
    public async Task A_table_without_rows_has_its_columns()
    {
        var table = await _run.TableAsync(new Values<string>("text", []), new Lists<long>("ids", [], [0]));

        var results = DuckDb.Run($"select count(*) from '{FileOf(table)}'",
            $"select column_name, column_type from (describe select * from '{FileOf(table)}')");

        Assert.Equal([0L], results[0].Single());
        Assert.Equal([["text", "VARCHAR"], ["ids", "BIGINT[]"]], results[1]);
    }

    [Fact]
    public async Task Many_rows_add_up()
    {
        const int rows = 150_000;
        var numbers = Enumerable.Range(0, rows).ToArray();
        var labels = numbers.Select(i => i % 7 == 0 ? null! : $"label {i % 50}").ToArray();
        var texts = numbers.Select(i => $"text number {i}").ToArray();
        var table = await _run.TableAsync(
            new Values<int>("i", numbers), new Values<string>("label", labels), new Values<string>("text", texts),
            new Lists<int>("ids", numbers, [.. Enumerable.Range(0, rows + 1)]));

        var row = DuckDb.Run(
            $"select count(*), sum(i), count(label), count(distinct label), count(distinct text), sum(length(text)), sum(ids[1]) from " +
                $"'{FileOf(table)}'")[0][0];

        long[] expected = [rows, numbers.Sum(i => (long)i), labels.Count(label => label is not null), 50, rows,
            texts.Sum(text => (long)text.Length), numbers.Sum(i => (long)i)];
        // Sums have more than 64 bits.
        Assert.Equal(expected.Select(value => value.ToString(CultureInfo.InvariantCulture)),
            row.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("format parquet")]
    [InlineData("format parquet, compression zstd")]
    [InlineData("format parquet, compression gzip")]
    [InlineData("format parquet, compression uncompressed")]
    [InlineData("format parquet, compression brotli")]
    [InlineData("format parquet, row_group_size 2048")]
    [InlineData("format parquet, parquet_version v2")]
    public async Task What_it_writes_is_imported(string options)
    {
        DuckDb.Run($"copy ({Select.Replace("ROWS", $"{Rows}", StringComparison.Ordinal)}) to '{_path}' ({options})");

        await CheckImportAsync(_path, Rows);
    }

    private static async Task CheckImportAsync(string path, int rows)
    {
        var imported = await ImportedParquet.OpenAsync(
            path, "rows", new Dictionary<string, ColumnType>(), "run", null, CancellationToken.None);
        var batches = await imported.ReadAsync(CancellationToken.None).ToListAsync();
        T[] Column<T>(string name) => [.. batches.SelectMany(batch => batch.Values<T>(name).Items)];

        var ids = Enumerable.Range(0, rows).ToArray();
        Assert.Equal(ids, Column<int>("i"));
        Assert.Equal(ids.Select(i => i * 1000000007L), Column<long>("l"));
        Assert.Equal(ids.Select(i => i % 5 == 0 ? float.NaN : (float)(i / 7.0)), Column<float>("f"));
        Assert.Equal(ids.Select(i => i / 7.0), Column<double>("d"));
        Assert.Equal(ids.Select(i => i % 2 == 0), Column<bool>("b"));
        Assert.Equal(ids.Select(i => i % 11 == 0 ? null : $"label {i % 40}"), Column<string>("few"));
        Assert.Equal(ids.Select(i => $"text é {i}"), Column<string>("many"));
        Assert.Equal(ids.Select(i => i % 256), Column<int>("byte"));
        var lists = batches.SelectMany(batch => Enumerable.Range(0, batch.Count).Select(row => batch.Lists<long>("list")[row].ToArray()));
        Assert.Equal(ids.Select(i => (i % 3) switch { 0 => [], 1 => [i], _ => new long[] { i, i + 1, i + 2 } }), lists);
    }

    private static string FileOf(Table table) => Path.Combine(table.Directory, Table.FileName);
}
