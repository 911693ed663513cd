using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Load;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>What cannot be right is refused when the parameters are made, which is when a pipeline is planned.</summary>
public sealed class LoadParameterTests : IDisposable
{
    private static readonly InputFile File = new("data.csv");

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("utf-7")]
    [InlineData("utf8x")]
    [InlineData("")]
    public void An_encoding_that_there_is_not_is_a_finding(string encoding) =>
        Assert.Equal(("encoding", $"there is no encoding named '{encoding}'"), Refused(() => new LoadCsv.Params(new(File), encoding)));

    [Theory]
    [InlineData("", "the separator is empty")]
    [InlineData("\n", "a separator holds no line end")]
    [InlineData(";\r", "a separator holds no line end")]
    [InlineData("\"", "the separator holds the quote \"")]
    [InlineData(",\",", "the separator holds the quote \"")]
    [InlineData("12345678901234567", "the separator is longer than 16 bytes")]
    public void A_separator_that_cannot_separate_is_a_finding(string separator, string said) =>
        Assert.Equal(("separator", said), Refused(() => new LoadDelimited.Params(separator, new(File))));

    [Fact]
    public void Without_quotes_a_quote_may_separate() =>
        Assert.Equal("\"", new LoadDelimited.Params("\"", new(File), Quoted: false).Separator);

    [Theory]
    [InlineData("")]
    [InlineData("''")]
    [InlineData("\n")]
    [InlineData("«")]
    public void A_quote_is_one_sign(string quote) =>
        Assert.Equal("quote", Refused(() => new LoadDelimited.Params(",", new(File), Quote: quote)).Parameter);

    [Fact]
    public void Names_that_stand_twice_are_findings()
    {
        Assert.Equal(("columns.2", "'text' stands twice in columns"),
            Refused(() => new LoadDelimited.Params(",", new(File), Columns: ["text", "label", "text"])));
        Assert.Equal(("keep.1", "'author' is to be kept twice"), Refused(() => new SelectionParams(Keep: ["author", "author"])));
        Assert.Equal("columns.0", Refused(() => new LoadDelimited.Params(",", new(File), Columns: [""])).Parameter);
        Assert.Equal("columns", Refused(() => new LoadDelimited.Params(",", new(File), Columns: [])).Parameter);
    }

    [Theory]
    [InlineData("split")]
    [InlineData("text")]
    [InlineData("label")]
    [InlineData("length")]
    [InlineData("target_ids")]
    public void A_kept_column_takes_no_name_that_stages_know(string name) =>
        Assert.Equal("keep.0", Refused(() => new SelectionParams(Keep: [name])).Parameter);

    [Fact]
    public void Files_and_check_sums_are_checked_too()
    {
        Assert.Equal((null, "there is no file to load"), Refused(() => new LoadParams()));
        Assert.Equal(("file", "both file and files of splits are given"), Refused(() => new LoadParams(File, Test: File)));
        Assert.Equal("checksum", Refused(() => new LoadParams(File, Checksum: "xyz")).Parameter);
        Assert.Equal("missing_name", Refused(() => new SelectionParams(MissingName: " ")).Parameter);
    }

    [Theory]
    [InlineData(MissingLabels.Drop, "a:A c:B", "rows_without_label_dropped")]
    [InlineData(MissingLabels.Label, "a:A b:? c:B d:?", "rows_without_label_labelled")]
    public async Task Rows_without_a_label_are_dropped_or_labelled_and_counted(MissingLabels missing, string expected, string warning)
    {
        var outputs = await _run.RunAsync(new LoadCsv(), new LoadCsv.Params(new(
            _run.File("data.csv", "text,label\na,A\nb, \nc,B\nd,\n"), Select: new(Label: "label", Missing: missing, MissingName: "?"))));
        var rows = Assert.Single(await StageRun.ReadAsync((Table)outputs["rows"]));
        Assert.Equal(expected,
            string.Join(' ',
                rows.Values<string>("text").Items.Zip(rows.Values<string>("label").Items, (text, label) => $"{text}:{label}")));
        var item = StageRun.CardOf(outputs)["items"]!.AsArray().Single(item => (string?)item!["name"] == warning)!;
        Assert.Equal(2, (int)item["values"]!["count"]!);
    }

    [Fact]
    public async Task A_sample_larger_than_the_file_is_the_file()
    {
        var outputs = await _run.RunAsync(new LoadCsv(), new LoadCsv.Params(
            new(_run.File("data.csv", "text\na\nb\n"), Select: new(Sample: int.MaxValue))));
        Assert.Equal(2, ((Table)outputs["rows"]).Rows);
    }

    private static (string? Parameter, string Message) Refused(Func<object> make)
    {
        var error = Assert.Throws<StageException>(() => make());
        return (error.Parameter, error.Message);
    }
}
