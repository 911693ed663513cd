using Parquet;
using Parquet.Schema;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;

namespace Pipelines.Tests.Stages.Tables;

public sealed class ImportedParquetTests : IDisposable
{
    private static readonly Dictionary<string, ColumnType> Nothing = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("import-").FullName;

    [Fact]
    public async Task Nullable_and_narrow_columns_become_those_of_tables()
    {
        var imported = await ImportAsync(
            Nothing, Optional<short>("s", 1, -2), Required<uint>("u", 3, uint.MaxValue),
            Optional<double>("d", null, 0.5), Optional<float>("f", 1, null), Optional<bool>("b", true, false),
            Texts("t", "x", null));

        Assert.Equal("s int, u long, d double, f float, b bool, t string",
            string.Join(", ", imported.Columns.Select(column => $"{column.Name} {column.Type}")));
        var batch = await imported.ReadAsync(CancellationToken.None).SingleAsync();
        Assert.Equal([1, -2], batch.Values<int>("s").Items);
        Assert.Equal([3, uint.MaxValue], batch.Values<long>("u").Items);
        Assert.Equal([double.NaN, 0.5], batch.Values<double>("d").Items);
        Assert.Equal([1, float.NaN], batch.Values<float>("f").Items);
        Assert.Equal([true, false], batch.Values<bool>("b").Items);
        Assert.Equal("x,", string.Join(",", batch.Values<string>("t").Items));
    }

    [Theory]
    [InlineData(new[] { 1L, 2L }, "int")]
    [InlineData(new[] { 1L, 3_000_000_000L }, "long")]
    public async Task Numbers_take_the_expected_type_where_none_changes(long[] values, string type)
    {
        var imported = await ImportAsync(new() { ["n"] = ColumnType.Of<int>() }, Required<long>("n", values));

        Assert.Equal(type, imported.Columns[0].Type.ToString());
        Assert.Equal(values.Length, (await imported.ReadAsync(CancellationToken.None).SingleAsync()).Count);
    }

    [Theory]
    [InlineData(new[] { 1.0, 2.0 }, "int")]
    [InlineData(new[] { 1.5, 2.0 }, "double")]
    [InlineData(new[] { double.NaN, 2.0 }, "double")]
    public async Task Decimal_numbers_that_are_whole_may_become_whole_again(double[] values, string type) =>
        Assert.Equal(
            type, (await ImportAsync(new() { ["n"] = ColumnType.Of<int>() }, Required<double>("n", values))).Columns[0].Type.ToString());

    [Fact]
    public async Task Whole_numbers_that_no_decimal_holds_stay_whole_beside_a_missing_one()
    {
        var imported = await ImportAsync(new() { ["n"] = ColumnType.Of<double>() }, Optional<long>("n", (1L << 53) + 1, null));

        Assert.Equal("long", imported.Columns[0].Type.ToString());
        await Assert.ThrowsAsync<StageException>(async () => await imported.ReadAsync(CancellationToken.None).CountAsync());
    }

    [Theory]
    [InlineData("label")]
    [InlineData("text")]
    [InlineData("split")]
    [InlineData("raw")]
    [InlineData("ids")]
    [InlineData("target_ids")]
    public async Task A_column_that_stages_know_is_checked_for_its_type(string name)
    {
        var failure = await Assert.ThrowsAsync<StageException>(() => ImportAsync(Nothing, Required<long>(name, 1L)));
        Assert.StartsWith($"the Parquet file for 'rows' has the column '{name}' as long, which every stage takes for", failure.Message,
            StringComparison.Ordinal);
        failure = await Assert.ThrowsAsync<StageException>(() => ImportAsync(Nothing, Required<bool>(name, true)));
        Assert.Contains($"'{name}' as bool", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("length", 1.5)]
    [InlineData("target", 3e9)]
    public async Task Numbers_that_are_none_of_the_known_type_are_refused(string name, double number) => Assert.Contains(
        $"has values in the column '{name}' (double) that are no int",
        (await Assert.ThrowsAsync<StageException>(() =>
            ImportAsync(ExpectedTypes.Of([]).ToDictionary(), Required<double>(name, number)))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task An_index_of_pandas_is_no_column() => Assert.Equal(["n"], (await ImportAsync(
        Nothing, Required<long>("n", 1L), Required<long>("__index_level_0__", 7L))).Columns.Select(column => column.Name));

    [Fact]
    public async Task A_missing_whole_number_is_refused()
    {
        var imported = await ImportAsync(Nothing, Optional<int>("n", 1, null));

        var failure = await Assert.ThrowsAsync<StageException>(async () => await imported.ReadAsync(CancellationToken.None).CountAsync());
        Assert.Equal("the Parquet file for 'rows' has empty values in the column 'n' (int)", failure.Message);
    }

    [Fact]
    public async Task Columns_that_no_table_holds_are_all_named()
    {
        var failure = await Assert.ThrowsAsync<StageException>(() => ImportAsync(
            Nothing, Required<DateTime>("when", DateTime.UnixEpoch), Bytes("bytes", [1]), Required<int>("n", 1)));

        Assert.Contains("'when' (datetime), 'bytes' (bytes)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_are_read_and_may_be_empty_but_not_missing()
    {
        var list = new ListField("ids", new DataField<long?>("element"));
        ParquetSchema schema = new(list);
        await WriteAsync(schema, Levelled(list, [1, 2, 3], [3, 3, 1, 3], [0, 1, 0, 0]));

        var imported = await ImportedParquet.OpenAsync(
            FileName, "rows", new Dictionary<string, ColumnType> { ["ids"] = ColumnType.Of<int>(isList: true) }, "run", null,
            CancellationToken.None);

        var ids = (await imported.ReadAsync(CancellationToken.None).SingleAsync()).Lists<int>("ids");
        Assert.Equal([1, 2], ids[0].ToArray());
        Assert.Empty(ids[1].ToArray());
        Assert.Equal([3], ids[2].ToArray());
    }

    [Theory]
    [InlineData(new[] { 3, 2 }, new[] { 0, 1 })]
    [InlineData(new[] { 3, 0 }, new[] { 0, 0 })]
    [InlineData(new[] { 3, 1 }, new[] { 0, 1 })] // an empty list inside of a row
    [InlineData(new[] { 3, 1 }, new[] { 1, 0 })] // a row that does not begin
    public async Task A_missing_item_or_list_is_refused(int[] definitions, int[] repetitions)
    {
        var list = new ListField("items", new DataField<long?>("element"));
        ParquetSchema schema = new(list);
        await WriteAsync(schema, Levelled(list, [1], definitions, repetitions));
        var imported = await ImportedParquet.OpenAsync(
            FileName, "the Parquet file for 'rows'", Nothing, "run", null, CancellationToken.None);

        await Assert.ThrowsAsync<StageException>(async () => await imported.ReadAsync(CancellationToken.None).CountAsync());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string FileName => Path.Combine(_folder, "x.parquet");

    private async Task<ImportedParquet> ImportAsync(
        Dictionary<string, ColumnType> expected, params (DataField Field, Func<ParquetRowGroupWriter, Task> Write)[] columns)
    {
        await WriteAsync(new([.. columns.Select(column => column.Field)]), [.. columns.Select(column => column.Write)]);
        return await ImportedParquet.OpenAsync(FileName, "the Parquet file for 'rows'", expected, "run", null, CancellationToken.None);
    }

    private async Task WriteAsync(ParquetSchema schema, params Func<ParquetRowGroupWriter, Task>[] columns)
    {
        await using var file = File.Create(FileName);
        await using var writer = await ParquetWriter.CreateAsync(schema, file);
        using var group = writer.CreateRowGroup();
        foreach (var write in columns)
            await write(group);
    }

    private static (DataField, Func<ParquetRowGroupWriter, Task>) Required<T>(string name, params T[] values)
        where T : struct
    {
        DataField<T> field = new(name);
        return (field, group => group.WriteAsync<T>(field, values));
    }

    private static (DataField, Func<ParquetRowGroupWriter, Task>) Optional<T>(string name, params T?[] values)
        where T : struct
    {
        DataField<T?> field = new(name);
        return (field, group => group.WriteAsync<T>(field, values));
    }

    private static (DataField, Func<ParquetRowGroupWriter, Task>) Texts(string name, params string?[] values)
    {
        DataField<string> field = new(name);
        return (field, group => group.WriteAsync(field, values));
    }

    private static (DataField, Func<ParquetRowGroupWriter, Task>) Bytes(string name, params byte[]?[] values)
    {
        DataField<byte[]> field = new(name);
        return (field, group => group.WriteAsync(field, values));
    }

    private static Func<ParquetRowGroupWriter, Task> Levelled(ListField list, long[] values, int[] definitions, int[] repetitions) =>
        group => group.WriteAllPartsAsync<long>((DataField)list.Item, values, definitions, repetitions, CancellationToken.None);
}
