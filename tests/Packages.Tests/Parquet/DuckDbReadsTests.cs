using System.Globalization;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Pipelines.Tests.Packages.Parquet;

/// <summary>What is written here is read by DuckDB with equal values.</summary>
public sealed class DuckDbReadsTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.parquet");

    public void Dispose() => File.Delete(_path);

    [DuckDbTheory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Zstd)]
    [InlineData(CompressionMethod.Brotli)]
    public async Task Every_type_is_read_with_its_nulls_and_lists(CompressionMethod compression)
    {
        var numbers = new ListField("numbers", new DataField<int>("element"));
        var words = new ListField("words", new DataField<string>("element"));
        Field[] fields =
        [
            new DataField<bool>("b"), new DataField<bool?>("bn"), new DataField<int>("i"), new DataField<int?>("in"),
            new DataField<long>("l"), new DataField<long?>("ln"), new DataField<float>("f"), new DataField<float?>("fn"),
            new DataField<double>("d"), new DataField<double?>("dn"), new DataField<string>("s"), numbers, words,
        ];
        var schema = new ParquetSchema(fields);
        var columns = schema.DataFields;
        DataColumn[] group =
        [
            new(columns[0], new[] { true, false, true, false }),
            new(columns[1], new bool?[] { null, true, false, null }),
            new(columns[2], new[] { 1, -2, int.MaxValue, int.MinValue }),
            new(columns[3], new int?[] { null, 5, null, 6 }),
            new(columns[4], new[] { 1, -2, long.MaxValue, long.MinValue }),
            new(columns[5], new long?[] { null, null, null, null }),
            new(columns[6], new[] { 1.5f, -0.25f, 3e10f, 0f }),
            new(columns[7], new float?[] { 1.5f, null, null, 0f }),
            new(columns[8], new[] { 0.1, -1e300, 3, 0 }),
            new(columns[9], new double?[] { 0.1, null, 3, null }),
            new(columns[10], new[] { "", null, "été 日本 👍🏽", "line\n\"quoted\"" }),
            new((DataField)numbers.Item, new[] { 1, 2, 3 }, [2, 2, 1, 0, 2], [0, 1, 0, 0, 0]),
            new((DataField)words.Item, new[] { "a", "é" }, [3, 2, 3, 1, 2, 0], [0, 1, 1, 0, 0, 0]),
        ];
        await File.WriteAllBytesAsync(_path, await InMemoryFile.WriteAsync(schema, [group, group], compression));

        var rows = DuckDb.Run($"select * from '{_path}'")[0];

        string[] expected =
        [
            """[true,null,1,null,"1",null,1.5,1.5,0.1,0.1,"",[1,2],["a",null,"é"]]""",
            """[false,true,-2,5,"-2",null,-0.25,null,-1e+300,null,null,[],[]]""",
            """[true,false,2147483647,null,"9223372036854775807",null,30000001024,null,3,3,"été 日本 👍🏽",null,[null]]""",
            """[false,null,-2147483648,6,"-9223372036854775808",null,0,0,0,null,"line\n\"quoted\"",[3],null]""",
        ];
        Assert.Equal(expected.Concat(expected), rows.EnumerateArray().Select(row => row.GetRawText()));
    }

    [DuckDbFact]
    public async Task A_file_without_rows_has_its_columns()
    {
        var list = new ListField("list", new DataField<long>("element"));
        var schema = new ParquetSchema(new DataField<string>("text"), list);
        var empty = new[]
        {
            new DataColumn(schema.DataFields[0], Array.Empty<string>()),
            new DataColumn((DataField)list.Item, Array.Empty<long>(), [], []),
        };
        await File.WriteAllBytesAsync(_path, await InMemoryFile.WriteAsync(schema, [empty]));

        var results = DuckDb.Run(
            $"select count(*) from '{_path}'", $"select column_name, column_type from (describe select * from '{_path}')");

        Assert.Equal("""[["0"]]""", results[0].GetRawText());
        Assert.Equal("""[["text","VARCHAR"],["list","BIGINT[]"]]""", results[1].GetRawText());
    }

    [DuckDbFact]
    public async Task Many_rows_in_every_encoding_add_up()
    {
        const int rows = 150_000;
        var random = new Random(3);
        var sequence = Enumerable.Range(0, rows).ToArray();
        var few = sequence.Select(_ => random.Next(5000) - 100).ToArray();
        var any = sequence.Select(i => random.NextInt64() >> i % 60).ToArray();
        var missing = sequence.Select(i => i % 7 < 3 ? default(double?) : i / 8.0).ToArray();
        var label = sequence.Select(i => i / 3000 % 5 == 0 ? null : $"label {i % 50}").ToArray();
        var text = sequence.Select(i => $"text number {i}").ToArray();
        var schema = new ParquetSchema(
            new DataField<int>("sequence"), new DataField<int>("few"), new DataField<long>("any"),
            new DataField<double?>("missing"), new DataField<string>("label"), new DataField<string>("text"));
        var arrays = new Array[] { sequence, few, any, missing, label, text };
        var columns = schema.DataFields.Zip(arrays, (field, values) => new DataColumn(field, values)).ToArray();
        await File.WriteAllBytesAsync(_path, await InMemoryFile.WriteAsync(schema, [columns, columns], CompressionMethod.Snappy));

        var row = DuckDb.Run(
            $"""
            select count(*), sum(sequence), sum(few), sum("any"::hugeint), sum(missing)::varchar, count(missing), count(label),
                count(distinct label), count(distinct text), sum(length(text)), max(label), min("any"), max(few)
            from '{_path}'
            """,
            $"select count(*) from '{_path}' where few = {few[17]} and sequence between 10 and 20000",
            $"select label, text, missing::varchar from '{_path}' where sequence = 149998 limit 1");

        var total = any.Aggregate(Int128.Zero, (sum, value) => sum + value) * 2;
        object[] expected =
        [
            2 * rows, sequence.Sum(i => 2L * i), few.Sum(i => 2L * i), total, (2 * missing.Sum())!.Value,
            2 * missing.Count(v => v is not null), 2 * label.Count(v => v is not null), 50, rows,
            text.Sum(v => 2L * v.Length), "label 9", any.Min(),
        ];
        Assert.Equal(
            expected.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)),
            row[0][0].EnumerateArray().Take(12).Select(value => value.GetString()));
        Assert.Equal(few.Max(), row[0][0][12].GetInt32());
        Assert.Equal(2 * few[10..20001].Count(v => v == few[17]), int.Parse(row[1][0][0].GetString()!, CultureInfo.InvariantCulture));
        Assert.Equal("""[["label 48","text number 149998",null]]""", row[2].GetRawText());
    }

    [DuckDbFact]
    public async Task Statistics_are_understood()
    {
        var schema = new ParquetSchema(new DataField<int?>("i"), new DataField<string>("s"), new DataField<double>("d"));
        var file = await InMemoryFile.WriteAsync(
            schema,
            new DataColumn(schema.DataFields[0], new int?[] { 3, null, -7 }),
            new DataColumn(schema.DataFields[1], new[] { "b", "é", null }),
            new DataColumn(schema.DataFields[2], new[] { 0.5, 0.25, -2 }));
        await File.WriteAllBytesAsync(_path, file);

        var rows = DuckDb.Run($"select stats_min_value, stats_max_value, stats_null_count from parquet_metadata('{_path}')")[0];

        Assert.Equal("""[["-7","3","1"],["b","é","1"],["-2.0","0.5","0"]]""", rows.GetRawText());
    }

    [DuckDbFact]
    public async Task Metadata_is_read_as_keys_and_values()
    {
        var field = new DataField<int>("i");
        var schema = new ParquetSchema(field);
        using (var stream = File.Create(_path))
        await using (var writer = await ParquetWriter.CreateAsync(schema, stream))
        {
            writer.CustomMetadata = new Dictionary<string, string> { ["chain"] = "é" };
            using var group = writer.CreateRowGroup();
            await group.WriteColumnAsync(new DataColumn(field, new[] { 1 }));
        }

        var rows = DuckDb.Run($"select decode(key), decode(value) from parquet_kv_metadata('{_path}')")[0];

        Assert.Equal("""[["chain","é"]]""", rows.GetRawText());
    }
}
