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
    [InlineData("format parquet, row_group_size 2048")]
    public Task Every_type_is_read(string options) => CheckAsync(options);

    [DuckDbFact(standInOnly: true)]
    public Task Every_encoding_of_version_2_is_read() => CheckAsync("format parquet, parquet_version v2");

    private async Task CheckAsync(string options)
    {
        const int rows = 6_000;
        DuckDb.Run($"copy ({ForeignTable.Select.Replace("ROWS", $"{rows}", StringComparison.Ordinal)}) to '{_path}' ({options})");

        await using var file = File.OpenRead(_path);
        await ForeignTable.CheckAsync(file, rows);
    }
}
