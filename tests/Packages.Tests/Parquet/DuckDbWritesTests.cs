namespace Pipelines.Tests.Packages.Parquet;

/// <summary>What DuckDB writes is read here with equal values.</summary>
public sealed class DuckDbWritesTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.parquet");

    public void Dispose() => File.Delete(_path);

    [DuckDbTheory]
    [InlineData("format parquet")]
    [InlineData("format parquet, compression zstd")]
    [InlineData("format parquet, compression gzip")]
    [InlineData("format parquet, compression uncompressed")]
    [InlineData("format parquet, compression brotli")]
    [InlineData("format parquet, compression lz4_raw")]
    [InlineData("format parquet, parquet_version v2")]
    [InlineData("format parquet, row_group_size 2048")]
    public async Task Every_type_is_read(string options)
    {
        const int rows = 10_000;
        DuckDb.Run($"copy ({ForeignTable.Select.Replace("ROWS", $"{rows}", StringComparison.Ordinal)}) to '{_path}' ({options})");

        await using var file = File.OpenRead(_path);
        await ForeignTable.CheckAsync(file, rows);
    }
}
