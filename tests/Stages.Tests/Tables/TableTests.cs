using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;

namespace Pipelines.Tests.Stages.Tables;

public sealed class TableTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Every_type_reads_back_as_written()
    {
        var table = await _run.TableAsync(
            new Values<string>("text", ["l'artère", "", null!, "😀 \u202F"]),
            new Values<int>("int", [1, -2, int.MaxValue, 0]),
            new Values<long>("long", [1, -2, long.MaxValue, 0]),
            new Values<float>("float", [1.5f, float.NaN, -0f, 3]),
            new Values<double>("double", [0.1, 1e300, double.NegativeInfinity, 2]),
            new Values<bool>("bool", [true, false, true, true]),
            new Lists<int>("ids", [1, 2, 3, 4], [0, 2, 2, 3, 4]),
            new Lists<string>("words", ["a", "é"], [0, 0, 1, 1, 2]));
        var batch = Assert.Single(await StageRun.ReadAsync(table));
        Assert.Equal<IEnumerable<string?>>(["l'artère", "", null, "😀 \u202F"], batch.Values<string>("text").Items);
        Assert.Equal([1, -2, int.MaxValue, 0], batch.Values<int>("int").Items);
        Assert.Equal([1, -2, long.MaxValue, 0], batch.Values<long>("long").Items);
        Assert.Equal([1.5f, float.NaN, -0f, 3], batch.Values<float>("float").Items);
        Assert.Equal([0.1, 1e300, double.NegativeInfinity, 2], batch.Values<double>("double").Items);
        Assert.Equal([true, false, true, true], batch.Values<bool>("bool").Items);
        Assert.Equal([[1, 2], [], [3], [4]], Rows(batch.Lists<int>("ids")));
        Assert.Equal([[], ["a"], [], ["é"]], Rows(batch.Lists<string>("words")));
    }

    [Fact]
    public async Task A_table_without_rows_has_its_columns_and_one_batch()
    {
        var table = await _run.TableAsync(new Values<string>("text", []), new Lists<int>("ids", [], [0]));
        var batch = Assert.Single(await StageRun.ReadAsync(table));
        Assert.Equal(0, batch.Count);
        Assert.Equal(["text", "ids"], batch.Columns.Select(column => column.Name));
    }

    [Fact]
    public async Task The_hash_of_a_column_does_not_depend_on_how_rows_are_cut_into_batches()
    {
        RowBatch Batch(params string[] texts) =>
            new(texts.Length, [new Values<string>("text", texts),
                new Lists<int>("ids", [.. texts.Select(text => text.Length)], [.. Enumerable.Range(0, texts.Length + 1)])]);
        var whole = await WriteAsync(Batch("a", "bc", "", "d"));
        var cut = await WriteAsync(Batch("a"), Batch("bc", ""), Batch(), Batch("d"));
        Assert.Equal(whole.Columns, cut.Columns);
        Assert.Equal(whole.Id, cut.Id);
        Assert.NotEqual(whole.Columns[0].Hash, (await WriteAsync(Batch("ab", "c", "", "d"))).Columns[0].Hash);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(65_530, 20)]
    [InlineData(131_071, 2)]
    [InlineData(149_990, 50)]
    [InlineData(150_000, 5)]
    [InlineData(0, 0)]
    public async Task Some_rows_are_read_from_wherever_they_lie(int from, int count)
    {
        const int All = 150_000;
        RowBatch Batch(int first, int rows) => new(rows, [new Values<int>("n", [.. Enumerable.Range(first, rows)])]);
        var table = await WriteAsync(Batch(0, 70_000), Batch(70_000, All - 70_000));
        List<int> read = [];

        await foreach (var (batch, row) in table.RowsAsync(["n"], from, count, default))
            read.Add(batch.Values<int>("n")[row]);

        Assert.Equal(Enumerable.Range(from, Math.Min(count, All - from)), read);
    }

    /// <summary>Row groups of 70,000 rows, of 65,536 and of what is left: the files are cut at other rows.</summary>
    [Fact]
    public async Task Columns_of_other_files_are_read_beside_its_own()
    {
        const int Rows = 140_003;
        var own = await WriteAsync(
            [.. Enumerable.Range(0, 3).Select(i => Numbers(70_000 * i, Math.Min(70_000, Rows - (70_000 * i)), "n"))]);
        var other = await WriteAsync(
            [.. Enumerable.Range(0, 15).Select(i => Numbers(10_000 * i, Math.Min(10_000, Rows - (10_000 * i)), "m"))]);
        var third = await WriteAsync(Lists(Rows));
        var table = own with
        {
            Columns = [.. own.Columns, .. third.Columns, .. other.Columns],
            Carried = [other.Only(["m"]), third],
        };

        var row = 0;
        await foreach (var batch in table.ReadAsync(CancellationToken.None))
        {
            Assert.Equal(["n", "ids", "m"], batch.Columns.Select(column => column.Name));
            for (var i = 0; i < batch.Count; i++, row++)
            {
                Assert.Equal((row, row), (batch.Values<int>("n")[i], batch.Values<int>("m")[i]));
                Assert.True(batch.Lists<int>("ids")[i].SequenceEqual(Enumerable.Repeat(row, row % 3).ToArray()));
            }
        }
        Assert.Equal(Rows, row);
        Assert.Equal(Rows, await table.ReadAsync(["m"], CancellationToken.None).Select(batch => batch.Count).SumAsync());
        Assert.Equal(Rows, await table.ReadAsync(["x?"], CancellationToken.None).Select(batch => batch.Count).SumAsync());

        static RowBatch Numbers(int start, int count, string name) =>
            new(count, [new Values<int>(name, [.. Enumerable.Range(start, count)])]);

        static RowBatch Lists(int rows)
        {
            int[] offsets = [0, .. Enumerable.Range(0, rows).Select(row => ((row / 3) * 3) + (row % 3) * ((row % 3) + 1) / 2)];
            return new(rows,
                [new Lists<int>("ids", [.. Enumerable.Range(0, rows).SelectMany(row => Enumerable.Repeat(row, row % 3))], offsets)]);
        }
    }

    [Fact]
    public async Task Files_of_other_numbers_of_rows_are_damage()
    {
        var own = await _run.TableAsync(new Values<int>("n", [1, 2]));
        var other = await _run.TableAsync(new Values<int>("m", [1]));
        var table = own with { Columns = [.. own.Columns, .. other.Columns], Carried = [other] };
        await Assert.ThrowsAsync<DamagedArtifactException>(async () => await table.ReadAsync(CancellationToken.None).CountAsync());
    }

    [Fact]
    public async Task Tables_without_rows_are_joined_to_one_batch()
    {
        var own = await _run.TableAsync(new Values<int>("n", []));
        var other = await _run.TableAsync(new Values<int>("m", []));
        var table = own with { Columns = [.. own.Columns, .. other.Columns], Carried = [other] };
        Assert.Equal(["n", "m"], Assert.Single(await StageRun.ReadAsync(table)).Columns.Select(column => column.Name));
    }

    [Fact]
    public async Task The_first_difference_is_the_first_row_however_it_is_cut_into_batches()
    {
        RowBatch Batch(params int[] numbers) =>
            new(numbers.Length, [new Values<int>("a", numbers), new Values<float>("b", [.. numbers.Select(number => number / 2f)])]);
        var old = await WriteAsync(Batch(1, 2, 3), Batch(4));
        Task<TableDifference?> First(Table now) => TableDifference.FirstAsync(old, now, ["b", "a"], CancellationToken.None);

        Assert.Null(await First(await WriteAsync(Batch(1), Batch(), Batch(2, 3, 4))));
        Assert.Equal(new("b", 2, "1.5", "2.5"), await First(await WriteAsync(Batch(1, 2), Batch(5, 6))));
        Assert.Equal(new("b", 3, "2", null), await First(await WriteAsync(Batch(1, 2, 3))));
        Assert.Equal(new("b", 4, null, "4.5"), await First(await WriteAsync(Batch(1, 2, 3, 4, 9))));
    }

    [Fact]
    public async Task Rows_beyond_a_row_group_come_back_in_order()
    {
        var rows = Enumerable.Range(0, 150_000).ToArray();
        var table = await WriteAsync([.. rows.Chunk(40_000).Select(chunk => new RowBatch(chunk.Length, [new Values<int>("row", chunk)]))]);
        var batches = await StageRun.ReadAsync(table);
        Assert.True(batches.Length > 1);
        Assert.Equal(rows, batches.SelectMany(batch => batch.Values<int>("row").Items));
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(100, 1000)]
    [InlineData(5, RowGroup.MaxCharacters + 1)]
    public async Task Row_groups_of_long_texts_have_fewer_rows(int rows, int length)
    {
        string[] texts = [.. Enumerable.Range(0, rows).Select(row => new string((char)('a' + row % 26), length - row))];
        var whole = await WriteAsync(Batch(texts), Batch([.. texts.Select(text => text + "s")]));

        var batches = await StageRun.ReadAsync(whole);
        Assert.Equal([.. texts, .. texts.Select(text => text + "s")], batches.SelectMany(batch => batch.Values<string>("text").Items));
        Assert.All(batches, batch => Assert.True(batch.Count == 1 || RowGroup.CharactersOf(batch) <= RowGroup.MaxCharacters));
        Assert.Equal(length < RowGroup.MaxCharacters, batches.Length == 1);

        static RowBatch Batch(string[] texts) => new(texts.Length, [new Values<string>("text", texts)]);
    }

    [Fact]
    public void Texts_of_lists_count_and_what_lies_beside_a_part_does_not()
    {
        Lists<string> tokens = new("tokens", ["left out", "one", "deux", "left out"], [1, 2, 3]);
        Values<string> texts = new("text", [null!, "four"]);
        Assert.Equal(7 + 4, RowGroup.CharactersOf(new(2, [tokens, texts, new Values<int>("n", [1, 2])])));
    }

    // A list that does not begin at its array's first item, one with empty rows, and texts that are missing.
    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public async Task A_batch_that_is_a_row_group_gives_the_file_that_its_pieces_give(int kindsOfText)
    {
        const int rows = 70_000;
        var lists = new Lists<int>(
            "ids", [.. Enumerable.Range(-1, 3 * rows)], [.. Enumerable.Range(0, rows + 1).Select(row => 1 + row / 3 * 7)]);
        var texts = new Values<string>(
            "text", [.. Enumerable.Range(0, rows).Select(row => row % 5 == 0 ? null! : $"été {row % kindsOfText}")]);
        RowBatch Piece(int start, int end) => new(end - start, [
            new Values<string>("text", texts.Items[start..end]), new Lists<int>("ids", lists.Items, lists.Offsets[start..(end + 1)])]);

        var whole = await WriteAsync(new RowBatch(rows, [texts, lists]));
        var pieces = await WriteAsync(Piece(0, 10), Piece(10, 40_000), Piece(40_000, rows));

        Assert.Equal(await BytesAsync(pieces), await BytesAsync(whole));
        var read = Assert.Single(await StageRun.ReadAsync(whole));
        Assert.Equal(texts.Items, read.Values<string>("text").Items);
        Assert.Equal(Rows(lists), Rows(read.Lists<int>("ids")));
    }

    [Fact]
    public async Task An_undeclared_column_cannot_be_read()
    {
        var table = (await _run.TableAsync(new Values<string>("text", ["a"]), new Values<string>("label", ["b"]))).Only(["text"]);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => table.ReadAsync(["label"], CancellationToken.None).ToArrayAsync().AsTask());
        Assert.Contains("'label'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_names_its_table()
    {
        var table = await _run.TableAsync(new Values<string>("text", [.. Enumerable.Range(0, 1000).Select(i => $"text {i}")]));
        var path = Path.Combine(table.Directory, Table.FileName);
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)]);
        var error = await Assert.ThrowsAsync<DamagedArtifactException>(
            () => table.ReadAsync(CancellationToken.None).ToArrayAsync().AsTask());
        Assert.Equal(table.Id, error.Artifact.Id);
    }

    private Task<Table> WriteAsync(params RowBatch[] batches) =>
        _run.Write.TableAsync(EncodingChain.Empty, batches.ToAsyncEnumerable(), CancellationToken.None);

    private static Task<byte[]> BytesAsync(Table table) => File.ReadAllBytesAsync(Path.Combine(table.Directory, Table.FileName));

    private static IEnumerable<T[]> Rows<T>(Lists<T> lists) => Enumerable.Range(0, lists.Count).Select(row => lists[row].ToArray());
}
