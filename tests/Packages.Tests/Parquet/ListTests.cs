using Parquet.Data;
using Parquet.Schema;

namespace Pipelines.Tests.Packages.Parquet;

public sealed class ListTests
{
    [Fact]
    public async Task Lists_are_flat_values_with_repetition_levels()
    {
        var list = new ListField("v", new DataField<float>("element"));
        var schema = new ParquetSchema(list);
        var column = new DataColumn((DataField)list.Item, new float[] { 1, 2, 3, 4, 5 }, [0, 1, 0, 0, 1]);

        var read = (await InMemoryFile.ReadAsync(await InMemoryFile.WriteAsync(schema, column))).Single().Single();

        Assert.Equal("v/list/element", read.Field.Path.ToString());
        Assert.Equal(1, read.Field.MaxRepetitionLevel);
        Assert.Equal(2, read.Field.MaxDefinitionLevel);
        Assert.Equal(new float[] { 1, 2, 3, 4, 5 }, read.Data);
        Assert.Equal([0, 1, 0, 0, 1], read.RepetitionLevels!);
        Assert.Equal([2, 2, 2, 2, 2], read.DefinitionLevels!);
    }

    [Fact]
    public async Task Levels_tell_missing_and_empty_lists_from_missing_items()
    {
        var list = new ListField("v", new DataField<string>("element"));
        var schema = new ParquetSchema(list);

        // null, [], [null], ["a", null, "b"]
        var column = new DataColumn(
            (DataField)list.Item, new[] { "a", "b" }, definitionLevels: [0, 1, 2, 3, 2, 3], repetitionLevels: [0, 0, 0, 0, 1, 1]);

        var read = (await InMemoryFile.ReadAsync(await InMemoryFile.WriteAsync(schema, column))).Single().Single();

        Assert.Equal([0, 1, 2, 3, 2, 3], read.DefinitionLevels!);
        Assert.Equal([0, 0, 0, 0, 1, 1], read.RepetitionLevels!);
        Assert.Equal(new[] { "a", "b" }, read.DefinedData);
        Assert.Equal(new[] { null, null, null, "a", null, "b" }, read.Data);
    }

    [Fact]
    public async Task Empty_lists_of_required_items_have_a_level_and_no_value()
    {
        var list = new ListField("v", new DataField<int>("element"));
        var schema = new ParquetSchema(list);
        var column = new DataColumn((DataField)list.Item, new[] { 1, 2, 3 }, [1, 2, 2, 0, 2, 1], [0, 0, 1, 0, 0, 0]);

        var read = (await InMemoryFile.ReadAsync(await InMemoryFile.WriteAsync(schema, column))).Single().Single();

        Assert.Equal(new[] { 1, 2, 3 }, read.Data);
        Assert.Equal([1, 2, 2, 0, 2, 1], read.DefinitionLevels!);
        Assert.Equal([0, 0, 1, 0, 0, 0], read.RepetitionLevels!);
        Assert.Equal(6, read.NumValues);
    }

    [Fact]
    public async Task Many_lists_of_all_lengths_come_back()
    {
        var random = new Random(5);
        var values = new List<int>();
        var definitions = new List<int>();
        var repetitions = new List<int>();
        for (var row = 0; row < 40_000; row++)
        {
            var length = random.Next(0, 12);
            definitions.AddRange(length == 0 ? [1] : Enumerable.Repeat(2, length));
            repetitions.AddRange(length == 0 ? [0] : Enumerable.Range(0, length).Select(i => i == 0 ? 0 : 1));
            values.AddRange(Enumerable.Range(0, length).Select(_ => random.Next(30_000)));
        }

        var list = new ListField("v", new DataField<int>("element"));
        var schema = new ParquetSchema(list);
        var column = new DataColumn((DataField)list.Item, values.ToArray(), definitions.ToArray(), repetitions.ToArray());

        var read = (await InMemoryFile.ReadAsync(await InMemoryFile.WriteAsync(schema, column))).Single().Single();

        Assert.Equal(values.ToArray(), read.Data);
        Assert.Equal(definitions, read.DefinitionLevels!);
        Assert.Equal(repetitions, read.RepetitionLevels!);
    }

    [Fact]
    public async Task A_repeated_field_comes_back_nullable()
    {
        var field = new DataField<int[]>("arr");
        var schema = new ParquetSchema(field);

        var file = await InMemoryFile.WriteAsync(schema, new DataColumn(field, new[] { 1, 2, 3, 4 }, [0, 0, 1, 0]));

        var read = (await InMemoryFile.ReadAsync(file)).Single().Single();
        Assert.Equal(new int?[] { 1, 2, 3, 4 }, read.Data);
        Assert.Equal([0, 0, 1, 0], read.RepetitionLevels!);
    }

    [Fact]
    public async Task A_list_column_may_have_no_rows()
    {
        var list = new ListField("v", new DataField<int>("element"));
        var schema = new ParquetSchema(list);

        var file = await InMemoryFile.WriteAsync(schema, new DataColumn((DataField)list.Item, Array.Empty<int>(), [], []));

        var read = (await InMemoryFile.ReadAsync(file)).Single().Single();
        Assert.Equal(0, read.NumValues);
        Assert.Null(read.RepetitionLevels);
    }
}
