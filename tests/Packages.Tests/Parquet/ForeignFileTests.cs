using Parquet;

namespace Pipelines.Tests.Packages.Parquet;

/// <summary>Files that DuckDB 1.5 wrote, kept next to the tests so that reading foreign files is tested everywhere.</summary>
public sealed class ForeignFileTests
{
    [Fact]
    public async Task A_table_of_duckdb_is_read()
    {
        using var file = Open("duckdb-snappy");

        await ForeignTable.CheckAsync(file, 40);
    }

    /// <summary>Differences, apart-kept lengths and streams of bytes, also for types for which the real package lacks them.</summary>
    [StandInFact]
    public async Task A_table_in_the_encodings_of_version_2_is_read()
    {
        using var file = Open("duckdb-zstd-v2");

        await ForeignTable.CheckAsync(file, 40);
    }

    [Fact]
    public async Task Nested_columns_have_the_paths_of_their_file()
    {
        using var file = Open("duckdb-nested");
        using var reader = await ParquetReader.CreateAsync(file);

        Assert.Equal(
            ["map/key_value/key", "map/key_value/value", "lists/list/element/list/element", "money"],
            reader.Schema.DataFields.Select(field => field.Path.ToString()));
        var columns = await reader.ReadEntireRowGroupAsync();
        Assert.Equal([0, 0, 1, 0], columns[0].RepetitionLevels!);
        Assert.Equal(new[] { "a", "b", "c" }, columns[1].DefinedData);
        Assert.Equal(new long[] { 1, 2, 3 }, columns[2].DefinedData);
        Assert.Equal([0, 2, 1, 0, 0], columns[2].RepetitionLevels!);
        Assert.Equal(new decimal?[] { 12.50m, -0.25m, null }, columns[3].Data);
    }

    private static Stream Open(string name) =>
        typeof(ForeignFileTests).Assembly.GetManifestResourceStream($"Pipelines.Tests.Packages.Parquet.Fixtures.{name}.parquet")!;
}
