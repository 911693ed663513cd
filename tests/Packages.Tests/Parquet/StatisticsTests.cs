using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Pipelines.Tests.Packages.Parquet;

public sealed class StatisticsTests
{
    public static TheoryData<Array, object?, object?, long> Columns => new()
    {
        { new[] { 3, -7, 5 }, -7, 5, 0 },
        { new int?[] { 3, null, 9, null }, 3, 9, 2 },
        { Enumerable.Range(-5, 1000).ToArray(), -5, 994, 0 },
        { new[] { 3L, long.MinValue }, long.MinValue, 3L, 0 },
        { new double?[] { 1.5, null, 3 }, 1.5, 3.0, 1 },
        { new[] { float.PositiveInfinity, float.PositiveInfinity }, float.PositiveInfinity, float.PositiveInfinity, 0 },
        { new[] { "b", "a", null, "é" }, "a", "é", 1 },
    };

    [Theory]
    [MemberData(nameof(Columns), DisableDiscoveryEnumeration = true)]
    public async Task Extremes_and_nulls_are_known_without_reading_values(Array values, object? least, object? largest, long nulls)
    {
        var field = new DataField("value", values.GetType().GetElementType()!);
        var schema = new ParquetSchema(field);
        var file = await InMemoryFile.WriteAsync(schema, new DataColumn(field, values));
        using var reader = await ParquetReader.CreateAsync(new MemoryStream(file));

        var statistics = reader.RowGroups[0].GetStatistics(reader.Schema.DataFields[0])!;

        Assert.Equal((least, largest, (long?)nulls), (statistics.MinValue, statistics.MaxValue, statistics.NullCount));
        var column = (await reader.ReadEntireRowGroupAsync())[0];
        Assert.Equal((least, largest), (column.Statistics.MinValue, column.Statistics.MaxValue));
    }

    [StandInFact]
    public async Task Extremes_are_never_made_up()
    {
        var schema = new ParquetSchema(new DataField<float?>("missing"), new DataField<double>("real"), new DataField<string>("text"));
        var file = await InMemoryFile.WriteAsync(
            schema,
            new DataColumn(schema.DataFields[0], new float?[] { null, null }),
            new DataColumn(schema.DataFields[1], new[] { double.NaN, 2 }),
            new DataColumn(schema.DataFields[2], new[] { "\uE000", "👍" }));

        var columns = (await InMemoryFile.ReadAsync(file)).Single();

        Assert.Null(columns[0].Statistics.MinValue);
        Assert.Equal((2.0, 2.0), ((double)columns[1].Statistics.MinValue!, (double)columns[1].Statistics.MaxValue!));
        Assert.Equal(("\uE000", "👍"), ((string)columns[2].Statistics.MinValue!, (string)columns[2].Statistics.MaxValue!));
    }

    [Fact]
    public void A_new_column_knows_its_nulls()
    {
        var field = new DataField<int?>("value");
        Assert.NotNull(new ParquetSchema(field));

        Assert.Equal(2, new DataColumn(field, new int?[] { null, 1, null }).Statistics.NullCount);
    }
}
