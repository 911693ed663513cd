using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Pipelines.Tests.Packages.Parquet;

public sealed class RoundTripTests
{
    public static TheoryData<Array> Columns => new()
    {
        new[] { true, false, false, true, true, false, true, false, true },
        new[] { 1, -1, int.MaxValue, int.MinValue, 0 },
        new[] { 1L, -1L, long.MaxValue, long.MinValue, 0L },
        new[] { 1.5f, float.NaN, float.NegativeInfinity, -0f, 0f, float.Epsilon },
        new[] { 1.5, double.NaN, double.PositiveInfinity, -0.0, 0.0, double.MaxValue },
        new[] { "", "a", "été", "日本語", "👍🏽", "line\nbreak\0nul", new string('x', 5000) },
        new bool?[] { true, null, false, null },
        new int?[] { null, 1, null, null, -5 },
        new long?[] { null, 1, null, null, long.MinValue },
        new float?[] { 1, null },
        new double?[] { null, null, 3 },
        new string?[] { null, "", null, "x" },
        Array.Empty<int>(),
        Array.Empty<string>(),
        new string?[] { null, null },
        new[] { 7 },
        Enumerable.Range(0, 140_000).ToArray(),
        Enumerable.Range(0, 140_000).Select(i => (long)i * i * i).ToArray(),
        Enumerable.Range(0, 140_000).Select(i => i * 7919 % 1000).ToArray(),
        Enumerable.Range(0, 140_000).Select(i => i % 10 == 0 ? default(int?) : i / 1000).ToArray(),
        Enumerable.Range(0, 140_000).Select(i => $"label {i * 7919 % 300}").ToArray(),
        Enumerable.Range(0, 50_000).Select(i => $"distinct {i}").ToArray(),
        Enumerable.Range(0, 50_000).Select(i => MathF.Sqrt(i)).ToArray(),
        Enumerable.Range(0, 50_000).Select(i => i % 3 == 0 ? default(double?) : Math.Sqrt(i)).ToArray(),
        Enumerable.Range(0, 50_000).Select(i => i % 3 == 0).ToArray(),
    };

    [Theory]
    [MemberData(nameof(Columns), DisableDiscoveryEnumeration = true)]
    public async Task Values_come_back_as_they_were_written(Array values)
    {
        var field = new DataField("value", values.GetType().GetElementType()!);
        var schema = new ParquetSchema(field);

        var file = await InMemoryFile.WriteAsync(schema, new DataColumn(field, values));

        var column = (await InMemoryFile.ReadAsync(file)).Single().Single();
        Assert.Equal(values.GetType(), column.Data.GetType());
        Assert.Equal(values, column.Data);
        Assert.Equal(values.Length, column.NumValues);
    }

    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Brotli)]
    [InlineData(CompressionMethod.Zstd)]
    public async Task Every_compression_gives_the_values_back(CompressionMethod compression)
    {
        var texts = Enumerable.Range(0, 30_000)
            .Select(i => $"text {i} {new string((char)('a' + i % 26), i % 50)} {i * 2654435761L}").ToArray();

        var column = await InMemoryFile.RoundTripAsync(texts, compression);

        Assert.Equal(texts, column.Data);
    }

    [Fact]
    public async Task Without_rows_there_are_neither_levels_nor_nullable_values()
    {
        var column = await InMemoryFile.RoundTripAsync(Array.Empty<double?>());

        Assert.IsType<double[]>(column.Data);
        Assert.False(column.HasDefinitions);
        Assert.Null(column.DefinitionLevels);
    }

    [Fact]
    public async Task Row_groups_are_read_one_by_one()
    {
        var id = new DataField<int>("id");
        var text = new DataField<string>("text");
        var schema = new ParquetSchema(id, text);
        var groups = Enumerable.Range(0, 3).Select(g => new[]
        {
            new DataColumn(id, Enumerable.Range(g * 100, g).ToArray()),
            new DataColumn(text, Enumerable.Range(0, g).Select(i => $"{g}/{i}").ToArray()),
        });

        using var reader = await ParquetReader.CreateAsync(new MemoryStream(await InMemoryFile.WriteAsync(schema, groups)));

        Assert.Equal(3, reader.RowGroupCount);
        Assert.Equal(3, reader.Metadata!.NumRows);
        using var last = reader.OpenRowGroupReader(2);
        Assert.Equal(2, last.RowCount);
        Assert.Equal(new[] { "2/0", "2/1" }, (await last.ReadColumnAsync(reader.Schema.DataFields[1])).Data);
        Assert.Equal(new[] { 200, 201 }, (await last.ReadColumnAsync(reader.Schema.DataFields[0])).Data);
    }

    [Fact]
    public async Task The_same_input_gives_the_same_bytes()
    {
        var values = Enumerable.Range(0, 20_000).Select(i => $"w{i % 700}").ToArray();
        var field = new DataField<string>("value");
        var schema = new ParquetSchema(field);

        var first = await InMemoryFile.WriteAsync(schema, [[new DataColumn(field, values)]], CompressionMethod.Zstd);
        var second = await InMemoryFile.WriteAsync(schema, [[new DataColumn(field, values)]], CompressionMethod.Zstd);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Equal_strings_of_a_dictionary_are_one_instance()
    {
        var column = await InMemoryFile.RoundTripAsync(new[] { "one", "two", "one", "two", "one", "two", "one", "one" });

        var values = (string[])column.Data;
        Assert.Same(values[0], values[2]);
    }
}
