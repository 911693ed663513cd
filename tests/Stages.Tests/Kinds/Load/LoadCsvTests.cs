using System.IO.Compression;
using System.Text;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Load;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class LoadCsvTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Quoted_fields_hold_separators_quotes_and_line_ends()
    {
        var file = _run.File("data.csv", "RawText,ICD10\n\"chute, escalier\",W10\n\"dit \"\"mal\"\"\nau dos\",M549\r\n");
        var rows = await RunAsync(new(Params(file)));
        Assert.Equal(["chute, escalier", "dit \"mal\"\nau dos"], rows.Values<string>("text").Items);
        Assert.Equal(["W10", "M549"], rows.Values<string>("label").Items);
        Assert.False(rows.Has("split"));
    }

    [Fact]
    public async Task A_short_row_is_named_by_number_and_line()
    {
        var error = await FailAsync("RawText,ICD10\na,I10\nb\n");
        Assert.Equal("data.csv: row 2 (line 3) has 1 field, expected 2 (RawText, ICD10)", error.Message);
    }

    [Fact]
    public async Task A_long_row_is_named_too()
    {
        var error = await FailAsync("RawText,ICD10\na,b,I10\n");
        Assert.Equal("data.csv: row 1 (line 2) has 3 fields, expected 2 (RawText, ICD10)", error.Message);
    }

    [Fact]
    public async Task An_empty_file_says_so() => Assert.Equal("data.csv: the file is empty", (await FailAsync("")).Message);

    [Fact]
    public async Task A_header_without_rows_says_so() =>
        Assert.Equal("data.csv: the file holds no rows", (await FailAsync("RawText,ICD10\n")).Message);

    [Fact]
    public async Task A_wrong_encoding_names_the_byte_and_a_better_one()
    {
        var file = _run.File("data.csv", Encoding.Latin1.GetBytes("RawText,ICD10\nartère,I70\n"));
        var error = await Assert.ThrowsAsync<StageException>(() => _run.RunAsync(new LoadCsv(), new LoadCsv.Params(Params(file))));
        Assert.Equal("encoding", error.Parameter);
        Assert.Equal("data.csv: row 1 (line 2): byte 0xE8 at offset 17 is no utf-8", error.Message);
        Assert.Contains("iso-8859-1", error.Help, StringComparison.Ordinal);
        var rows = await RunAsync(new LoadCsv.Params(Params(file), "iso-8859-1"));
        Assert.Equal(["artère"], rows.Values<string>("text").Items);
    }

    [Fact]
    public async Task An_unknown_column_lists_those_there_are()
    {
        var error = await FailAsync("Texte,ICD10\na,I10\n");
        Assert.Equal("text", error.Parameter);
        Assert.Equal("the columns are 'Texte', 'ICD10'", error.Help);
    }

    [Fact]
    public async Task Another_separator_is_recognised_in_the_header()
    {
        var error = await FailAsync("RawText;ICD10\na;I10\n");
        Assert.Equal("the file looks separated by \";\": use load/delimited with separator: \";\"", error.Help);
    }

    [Fact]
    public async Task A_folder_is_no_file()
    {
        var folder = Path.GetDirectoryName(_run.File("a.csv", "RawText,ICD10\na,I10\n").Path)!;
        var error = await Assert.ThrowsAsync<StageException>(() => _run.RunAsync(new LoadCsv(), new LoadCsv.Params(Params(new(folder)))));
        Assert.EndsWith(": this is a folder, not a file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_label_is_named_by_row() =>
        Assert.Equal("data.csv: row 2 (line 3): there is no label", (await FailAsync("RawText,ICD10\na,I10\nb, \n")).Message);

    [Fact]
    public async Task Compressed_files_are_read()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
            gzip.Write("RawText,ICD10\na,I10\n"u8);
        var rows = await RunAsync(new(Params(_run.File("data.csv.gz", packed.ToArray()))));
        Assert.Equal(["I10"], rows.Values<string>("label").Items);
    }

    [Fact]
    public async Task A_checksum_must_match()
    {
        var file = _run.File("data.csv", "RawText,ICD10\na,I10\n");
        var error = await Assert.ThrowsAsync<StageException>(() =>
            _run.RunAsync(new LoadCsv(), new LoadCsv.Params(Params(file) with { Checksum = "0123456789" })));
        Assert.Contains("expected 0123456789", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sample_is_the_same_every_time_and_in_file_order()
    {
        var csv = new StringBuilder("RawText,ICD10\n");
        foreach (var i in Enumerable.Range(0, 1000))
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i:0000},I10\n");
        var file = _run.File("data.csv", csv.ToString());
        var first = (await RunAsync(new(Params(file, sample: 50)))).Values<string>("text").Items;
        Assert.Equal(50, first.Length);
        Assert.Equal(first.Order(StringComparer.Ordinal), first);
        Assert.Equal(first, (await RunAsync(new(Params(file, sample: 50)))).Values<string>("text").Items);
        Assert.NotEqual(first, (await RunAsync(new(Params(file, sample: 50, sampleSeed: 1)))).Values<string>("text").Items);
    }

    [Fact]
    public async Task Splits_come_from_the_files_and_repeated_texts_are_counted()
    {
        var outputs = await _run.RunAsync(new LoadCsv(), new LoadCsv.Params(new(
            Train: _run.File("train.csv", "RawText,ICD10\na b,I10\nA  B,I10\nc,I10\n"),
            Test: _run.File("test.csv", "RawText,ICD10\nc,I10\nd,I10\n"), Select: new("RawText", "ICD10"))));
        var rows = Assert.Single(await StageRun.ReadAsync((Table)outputs["rows"]));
        Assert.Equal(["train", "train", "train", "test", "test"], rows.Values<string>("split").Items);
        var bySplit = StageRun.CardOf(outputs)["items"]!.AsArray()
            .First(item => (string?)item!["name"] == "rows_by_split")!["rows"]!.AsArray();
        Assert.Equal([1L, 1L], bySplit.Select(row => (long)row![3]!));
    }

    [Fact]
    public async Task The_last_separator_of_a_line_separates()
    {
        var outputs = await _run.RunAsync(new LoadDelimited(), new LoadDelimited.Params(
            "@", new(_run.File("s.txt", "mail me @ home@neutral\r\nup@positive\r\n"), Select: new(Label: "label")),
            Columns: ["text", "label"], Quoted: false, SplitLast: true));
        var rows = Assert.Single(await StageRun.ReadAsync((Table)outputs["rows"]));
        Assert.Equal(["mail me @ home", "up"], rows.Values<string>("text").Items);
        Assert.Equal(["neutral", "positive"], rows.Values<string>("label").Items);
    }

    [Fact]
    public async Task The_first_separator_of_a_line_separates_and_the_prefix_of_labels_goes()
    {
        var rows = await FastTextAsync("__label__good very good, \"isn't\" it\n__label__bad no\n");
        Assert.Equal(["very good, \"isn't\" it", "no"], rows.Values<string>("text").Items);
        Assert.Equal(["good", "bad"], rows.Values<string>("label").Items);
    }

    [Theory]
    [InlineData("good very good\n", "s.txt: row 1 (line 1): the label 'good' does not begin with '__label__'")]
    [InlineData("__label__a x\n__label__a __label__b y\n", "s.txt: row 2 (line 2): a text with several labels")]
    public async Task A_label_without_its_prefix_or_two_of_them_are_refused(string text, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<StageException>(() => FastTextAsync(text))).Message);

    [Fact]
    public void The_first_and_the_last_separator_cannot_both_separate() => Assert.Equal("split_first", Assert.Throws<StageException>(
        () => new LoadDelimited.Params(" ", new(new("s.txt")), SplitFirst: true, SplitLast: true)).Parameter);

    private async Task<RowBatch> FastTextAsync(string text) => Assert.Single(await StageRun.ReadAsync((Table)(await _run.RunAsync(
        new LoadDelimited(), new LoadDelimited.Params(
            " ", new(_run.File("s.txt", text), Select: new(Label: "label")), Columns: ["label", "text"], Quoted: false, SplitFirst: true,
            LabelPrefix: "__label__")))["rows"]));

    private static LoadParams Params(InputFile file, int? sample = null, int sampleSeed = 0) =>
        new(file, Select: new("RawText", "ICD10", Sample: sample, SampleSeed: sampleSeed));

    private async Task<RowBatch> RunAsync(LoadCsv.Params parameters) =>
        Assert.Single(await StageRun.ReadAsync((Table)(await _run.RunAsync(new LoadCsv(), parameters))["rows"]));

    private Task<StageException> FailAsync(string csv) =>
        Assert.ThrowsAsync<StageException>(() => _run.RunAsync(new LoadCsv(), new LoadCsv.Params(Params(_run.File("data.csv", csv)))));
}
