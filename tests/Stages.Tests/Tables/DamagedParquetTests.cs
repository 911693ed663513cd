using System.Diagnostics;
using Parquet.Meta;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;

namespace Pipelines.Tests.Stages.Tables;

/// <summary>A Parquet file in which bits have changed: rows, or an error in words; never a hang.</summary>
public sealed class DamagedParquetTests : IDisposable
{
    private static readonly Dictionary<string, ColumnType> Nothing = [];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly StageRun _run = new();
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public async Task A_changed_bit_anywhere_gives_rows_or_an_error()
    {
        var whole = await SampleAsync();
        var random = new Random(5);
        for (var at = 0; at < whole.Length; at++)
        {
            var bytes = whole.ToArray();
            bytes[at] ^= (byte)(1 << random.Next(8));
            await ReadAsync(bytes, $"a bit of byte {at}");
        }
    }

    [Fact]
    public async Task A_file_that_is_cut_anywhere_is_refused()
    {
        var whole = await SampleAsync();
        for (var length = 0; length < whole.Length; length++)
            Assert.False(await ReadAsync(whole[..length], $"the first {length} bytes"), $"{length} of {whole.Length} bytes");
    }

    [Fact]
    public void Types_that_contradict_each_other_are_refused()
    {
        LogicalType list = new() { LIST = new() };
        ParquetTypes.Check([new() { Name = "ids", ConvertedType = ConvertedType.LIST, LogicalType = list }]);

        Assert.Throws<InvalidDataException>(() => ParquetTypes.Check(
            [new() { Name = "ids", ConvertedType = ConvertedType.MAP, LogicalType = list }]));
        Assert.Throws<InvalidDataException>(() => ParquetTypes.Check(
            [new() { Name = "n", Type = Parquet.Meta.Type.INT64, ConvertedType = ConvertedType.INT_32 }]));
    }

    [Theory]
    [InlineData(2, "a", true)]
    [InlineData(1, "a", false)]
    [InlineData(3, "a", false)]
    [InlineData(2, "c", false)]
    public void A_row_group_has_the_columns_of_the_schema(int columns, string first, bool isRight)
    {
        FileMetaData file = new()
        {
            Schema = [new() { Name = "schema", NumChildren = columns }, Named("a"), Named("b")],
            RowGroups = [new() { Columns = [Chunk(first), Chunk("b")] }],
        };

        var error = Record.Exception(() => ParquetTree.Check(file));

        Assert.True(isRight ? error is null : error is InvalidDataException, $"{error}");

        static SchemaElement Named(string name) => new() { Name = name, Type = Parquet.Meta.Type.INT32 };
        static ColumnChunk Chunk(string name) => new() { MetaData = new() { PathInSchema = [name], Type = Parquet.Meta.Type.INT32 } };
    }

    [Fact]
    public void A_schema_has_an_end() => Assert.Throws<InvalidDataException>(() => ParquetTree.Check(new()
    {
        Schema = [.. Enumerable.Repeat(new SchemaElement { Name = "deeper", NumChildren = 1 }, 1_000_000)],
    }));

    // Field 1 of a page's header is a number; here it says of itself that it is a text.
    [Fact]
    public void A_field_of_another_type_than_its_number_has_is_refused() =>
        Assert.Throws<InvalidDataException>(() => Pipelines.Stages.Tables.PageHeader.Read([0x18, 1, (byte)'x', 0]));

    [Fact]
    public async Task A_whole_file_is_read() => Assert.True(await ReadAsync(await SampleAsync(), "all"));

    public void Dispose()
    {
        _run.Dispose();
        File.Delete(_path);
    }

    private async Task<byte[]> SampleAsync()
    {
        var rows = Enumerable.Range(0, 40).ToList();
        var table = await _run.TableAsync(
            new Values<string>("text", [.. rows.Select(row => $"text {row}")]),
            new Values<string>("label", [.. rows.Select(row => row % 2 == 0 ? "yes" : "no")]),
            new Values<double>("score", [.. rows.Select(row => row / 8.0)]),
            new Values<bool>("kept", [.. rows.Select(row => row % 3 == 0)]),
            new Lists<int>("ids", [.. rows], [.. rows, rows.Count]));
        return await File.ReadAllBytesAsync(Path.Combine(table.Directory, Table.FileName));
    }

    /// <returns>Whether it was read.</returns>
    private async Task<bool> ReadAsync(byte[] bytes, string what)
    {
        await File.WriteAllBytesAsync(_path, bytes);
        var watch = Stopwatch.StartNew();
        var reading = Task.Run(RowsAsync);
        if (await Task.WhenAny(reading, Task.Delay(Patience)) != reading)
            throw new TimeoutException($"{what}: it is read for {watch.Elapsed}");
        return await reading;
    }

    private async Task<bool> RowsAsync()
    {
        try
        {
            var imported = await ImportedParquet.OpenAsync(_path, "rows", Nothing, "run", null, CancellationToken.None);
            await foreach (var batch in imported.ReadAsync(CancellationToken.None))
                Assert.True(batch.Count >= 0);
            return true;
        }
        catch (StageException)
        {
            return false;
        }
    }
}
