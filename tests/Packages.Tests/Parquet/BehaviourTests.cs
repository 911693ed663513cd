using System.IO.Compression;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Pipelines.Tests.Packages.Parquet;

/// <summary>Defaults, levels, messages: what the package does beyond storing values.</summary>
public sealed class BehaviourTests
{
    [Fact]
    public void Fields_take_their_shape_from_the_type()
    {
        Field[] fields =
        [
            new DataField<int>("id"), new DataField<string>("name"),
            new DataField<double?>("score"), new DataField<byte[]>("bin"),
            new ListField("vec", new DataField<float>("element")), new ListField("strs", new DataField<string>("element")),
            new DataField<int[]>("arr"), new DataField("typed", typeof(long?)), new DataField<bool>("forced", nullable: true),
        ];

        var lines = new ParquetSchema(fields).DataFields.Select(f =>
            $"{f.Path} {f.ClrType.Name} {f.ClrNullableIfHasNullsType.Name} {f.IsNullable} {f.IsArray} "
            + $"{f.MaxRepetitionLevel} {f.MaxDefinitionLevel}");

        string[] expected =
        [
            "id Int32 Int32 False False 0 0",
            "name String String True False 0 1",
            "score Double Nullable`1 True False 0 1",
            "bin Byte[] Byte[] True False 0 1",
            "vec/list/element Single Single False False 1 2",
            "strs/list/element String String True False 1 3",
            "arr Int32 Int32 False True 1 1",
            "typed Int64 Nullable`1 True False 0 1",
            "forced Boolean Nullable`1 True False 0 1",
        ];
        Assert.Equal(expected, lines);
    }

    [Fact]
    public void Fields_and_schemas_say_what_they_are()
    {
        var list = new ListField("v", new DataField<int>("element"));
        var schema = new ParquetSchema(new DataField<int?>("id"), list, new DataField<int[]>("arr"));

        Assert.Equal(
            ["id (System.Int32?)", "v/list (List, RL: 1, DL: 2)", "arr (System.Int32[])"],
            schema.Fields.Select(field => field.ToString()!));
    }

    [Fact]
    public void A_column_is_found_by_its_path()
    {
        var item = new DataField<int>("element");
        var schema = new ParquetSchema(new DataField<int>("id"), new ListField("v", item));

        Assert.Same(schema[0], schema.FindDataField("id"));
        Assert.Same(item, schema.FindDataField(new FieldPath("v", "list", "element")));
        Assert.Throws<ArgumentException>(() => schema.FindDataField("v/list/element"));
    }

    [Fact]
    public async Task Defaults_are_snappy_smallest_dictionary_and_delta()
    {
        var options = new ParquetOptions();
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(new DataField<int>("a")), new MemoryStream());

        Assert.Equal(CompressionMethod.Snappy, writer.CompressionMethod);
        Assert.Equal(CompressionLevel.SmallestSize, writer.CompressionLevel);
        Assert.True(options.UseDictionaryEncoding);
        Assert.Equal(0.8, options.DictionaryEncodingThreshold);
        Assert.True(options.UseDeltaBinaryPackedEncoding);
        Assert.False(options.TreatByteArrayAsString);
    }

    [Fact]
    public async Task Columns_are_written_in_the_order_of_the_schema()
    {
        var (a, b, writer) = await BeginAsync();
        using var group = writer.CreateRowGroup();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => group.WriteColumnAsync(new DataColumn(b, new[] { 1 })));

        Assert.Equal("cannot write this column, expected 'a', passed: 'b' (Parameter 'column')", error.Message);
        Assert.NotNull(a);
    }

    [Fact]
    public async Task Columns_of_a_row_group_have_equally_many_rows()
    {
        var (a, b, writer) = await BeginAsync();
        using var group = writer.CreateRowGroup();
        await group.WriteColumnAsync(new DataColumn(a, new[] { 1 }));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => group.WriteColumnAsync(new DataColumn(b, new[] { 1, 2 })));

        Assert.Equal(
            "Column 'b' has 2 rows, but the row group expects 1 rows. All columns in a row group must have the same number of rows.",
            error.Message);
    }

    [Fact]
    public async Task A_missing_column_is_found_when_the_row_group_is_validated()
    {
        var (a, _, writer) = await BeginAsync();
        using var group = writer.CreateRowGroup();
        await group.WriteColumnAsync(new DataColumn(a, new[] { 1 }));

        var error = Assert.Throws<InvalidOperationException>(group.CompleteValidate);

        Assert.Equal(
            "Not all columns were written. Expected 2 columns but only 1 were written. Missing columns: b", error.Message);
    }

    [Fact]
    public void Values_must_be_of_the_type_of_the_field()
    {
        var schema = new ParquetSchema(new DataField<int>("i"), new DataField<double?>("d"));

        Assert.Equal(
            "expected System.Int32[] but passed System.Int64[] (Parameter 'data')",
            Assert.Throws<ArgumentException>(() => new DataColumn(schema.DataFields[0], new long[1])).Message);
        Assert.Equal(
            "expected System.Int32[] but passed System.Nullable`1[System.Int32][] (Parameter 'data')",
            Assert.Throws<ArgumentException>(() => new DataColumn(schema.DataFields[0], new int?[1])).Message);
        Assert.Equal(
            "expected System.Nullable`1[System.Double][] but passed System.Double[] (Parameter 'data')",
            Assert.Throws<ArgumentException>(() => new DataColumn(schema.DataFields[1], new double[1])).Message);
    }

    [Fact]
    public void A_field_needs_a_schema_before_it_has_values()
    {
        var error = Assert.Throws<ArgumentException>(() => new DataColumn(new DataField<int>("zz"), new int[1]));

        Assert.Equal(
            "Field [zz (System.Int32)] is not attached to any schema. "
            + "You need to construct a schema passing in this field first. (Parameter 'field')",
            error.Message);
    }

    [Fact]
    public void A_list_needs_repetition_levels()
    {
        var item = new DataField<int>("element");
        var schema = new ParquetSchema(new ListField("v", item), new DataField<int>("i"));

        Assert.Throws<ArgumentNullException>(() => new DataColumn(item, new[] { 1 }));
        Assert.Throws<ArgumentException>(() => new DataColumn(schema.DataFields[1], new[] { 1 }, [0]));
    }

    [Fact]
    public void A_schema_has_a_field()
    {
        var error = Assert.Throws<ArgumentException>(() => new ParquetSchema());

        Assert.Equal("at least one field is required (Parameter 'fields')", error.Message);
    }

    [Fact]
    public async Task Other_files_are_refused()
    {
        var error = await Assert.ThrowsAsync<IOException>(() => ParquetReader.CreateAsync(new MemoryStream(new byte[100])));

        Assert.Equal("not a parquet file, head: 00000000, tail: 00000000", error.Message);
        await Assert.ThrowsAsync<IOException>(() => ParquetReader.CreateAsync(new MemoryStream(new byte[8])));
        var missing = Path.Combine(Path.GetTempPath(), "no-such.parquet");
        await Assert.ThrowsAsync<FileNotFoundException>(() => ParquetReader.CreateAsync(missing));
    }

    [Fact]
    public async Task A_column_of_another_file_does_not_exist()
    {
        var stranger = new ParquetSchema(new DataField<int>("other")).DataFields[0];
        var file = await WriteIdsAsync();
        using var reader = await ParquetReader.CreateAsync(new MemoryStream(file));
        using var group = reader.OpenRowGroupReader(0);

        var error = await Assert.ThrowsAsync<ParquetException>(() => group.ReadColumnAsync(stranger));

        Assert.Equal("'other' does not exist in this file", error.Message);
        Assert.False(group.ColumnExists(stranger));
        Assert.True(group.ColumnExists(reader.Schema.DataFields[0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.OpenRowGroupReader(1));
    }

    [Fact]
    public async Task Lzo_is_not_implemented() =>
        await Assert.ThrowsAsync<NotImplementedException>(() => InMemoryFile.RoundTripAsync(new[] { 1 }, CompressionMethod.Lzo));

    [Fact]
    public async Task Row_groups_are_appended()
    {
        var schema = new ParquetSchema(new DataField<int>("id"));
        using var stream = new MemoryStream();
        stream.Write(await WriteIdsAsync());
        await using (var writer = await ParquetWriter.CreateAsync(schema, stream, append: true))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteColumnAsync(new DataColumn(schema.DataFields[0], new[] { 9 }));
        }

        using var reader = await ParquetReader.CreateAsync(stream);

        Assert.Equal(2, reader.RowGroupCount);
        Assert.Equal(4, reader.Metadata!.NumRows);
        Assert.Equal(new[] { 1, 2, 3 }, (await reader.ReadEntireRowGroupAsync(0))[0].Data);
        Assert.Equal(new[] { 9 }, (await reader.ReadEntireRowGroupAsync(1))[0].Data);
    }

    [Fact]
    public async Task Only_the_same_schema_is_appended_to()
    {
        using var stream = new MemoryStream();
        stream.Write(await WriteIdsAsync());
        var other = new ParquetSchema(new DataField<long>("id"));

        var error = await Assert.ThrowsAsync<ParquetException>(() => ParquetWriter.CreateAsync(other, stream, append: true));

        Assert.Equal(
            "passed schema does not match existing file schema, reason: "
            + "[appending: id (System.Int64)] != [existing: id (System.Int32)]",
            error.Message);
        await Assert.ThrowsAsync<IOException>(() => ParquetWriter.CreateAsync(other, new MemoryStream(), append: true));
    }

    [Fact]
    public async Task Metadata_comes_back()
    {
        using var stream = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(new DataField<int>("a")), stream))
        {
            writer.CustomMetadata = new Dictionary<string, string> { ["dropped"] = "1" };
            writer.CustomMetadata = new Dictionary<string, string> { ["k"] = "v", ["é"] = "" };
        }

        using var reader = await ParquetReader.CreateAsync(stream);

        Assert.Equal(new Dictionary<string, string> { ["k"] = "v", ["é"] = "" }, reader.CustomMetadata);
        Assert.Equal(0, reader.RowGroupCount);
    }

    private static async Task<(DataField A, DataField B, ParquetWriter Writer)> BeginAsync()
    {
        var schema = new ParquetSchema(new DataField<int>("a"), new DataField<int>("b"));
        return (schema.DataFields[0], schema.DataFields[1], await ParquetWriter.CreateAsync(schema, new MemoryStream()));
    }

    private static async Task<byte[]> WriteIdsAsync()
    {
        var schema = new ParquetSchema(new DataField<int>("id"));
        return await InMemoryFile.WriteAsync(schema, new DataColumn(schema.DataFields[0], new[] { 1, 2, 3 }));
    }
}
