using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Load;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class LoadParquetTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    private string FileName => Path.Combine(_run.Folder, "data.parquet");

    [Theory]
    [InlineData("compression snappy")]
    [InlineData("compression zstd")]
    [InlineData("compression gzip")]
    [InlineData("compression uncompressed, row_group_size 2048")]
    public async Task What_DuckDB_writes_is_loaded(string options)
    {
        Write("select 'texte é ' || i as t, i % 3 as class, i / 2.0 as score, [i, i + 1] as items, timestamp '2026-01-01' as at"
            + " from range(5000) rows(i)", options);

        var rows = await LoadAsync(new(new(new(FileName), Select: new("t", "class", ["score", "items"]))));

        Assert.Equal(5000, rows.Length);
        Assert.Equal(("texte é 4999", "1", "2499.5", "4999 5000"), rows[4999]);
    }

    [Fact]
    public async Task A_missing_label_is_one_as_in_other_files()
    {
        Write("select * from (values ('a', 'x'), ('b', null)) rows(text, label)");
        var error = await Assert.ThrowsAsync<StageException>(() => _run.RunAsync(
            new LoadParquet(), new LoadParquet.Params(new(new(FileName), Select: new(Label: "label")))));
        Assert.Equal("data.parquet: row 2: there is no label", error.Message);
    }

    [Theory]
    [InlineData("select 'a' as text, timestamp '2026-01-01' as label", "data.parquet has columns of types that a table cannot hold: " +
        "'label' (datetime)")]
    [InlineData("select 'a' as text, {'x': 1} as label", "data.parquet has columns of types that a table cannot hold: 'label' (struct)")]
    [InlineData("select 'a' as text, 'a'::blob as label", "data.parquet has columns of types that a table cannot hold: 'label' (bytes)")]
    [InlineData("select 'a' as text, 'b' as other", "data.parquet: there is no column 'label'")]
    [InlineData("select 'a' as text, 'b' as label where false", "data.parquet: the file holds no rows")]
    public async Task What_cannot_be_loaded_is_said(string select, string message)
    {
        Write(select);
        var error = await Assert.ThrowsAsync<StageException>(() => _run.RunAsync(
            new LoadParquet(), new LoadParquet.Params(new(new(FileName), Select: new(Label: "label")))));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public async Task What_is_no_Parquet_is_said()
    {
        var error = await Assert.ThrowsAsync<StageException>(() => _run.RunAsync(
            new LoadParquet(), new LoadParquet.Params(new(_run.File("data.parquet", "text,label\na,b\n"), Select: new(Label: "label")))));
        Assert.StartsWith("data.parquet cannot be read: ", error.Message, StringComparison.Ordinal);
        Assert.Equal("file", error.Parameter);
    }

    private void Write(string select, string options = "compression snappy") =>
        DuckDb.Run($"copy ({select}) to '{FileName}' (format parquet, {options})");

    private async Task<(string, string, string, string)[]> LoadAsync(LoadParquet.Params parameters)
    {
        var batches = await StageRun.ReadAsync((Table)(await _run.RunAsync(new LoadParquet(), parameters))["rows"]);
        return [.. batches.SelectMany(batch => Enumerable.Range(0, batch.Count).Select(row => (
            batch.Values<string>("text")[row], batch.Values<string>("label")[row], batch.Values<string>("score")[row],
            batch.Values<string>("items")[row])))];
    }
}
