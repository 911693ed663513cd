using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Describe;
using Pipelines.Stages.Kinds.Label;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class LabelBookTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Labels_and_their_first_characters_have_a_meaning_that_follows_the_rows()
    {
        var outputs = await BookAsync("code,label\nI10,hypertension\nJ18,pneumonie\n", "code,label\nI,cœur et vaisseaux\n");
        var book = LabelMeanings.From(outputs.Encoding());

        Assert.Equal(("I10 · hypertension", "I · cœur et vaisseaux", "S72"), (book.Named("I10"), book.Named("I"), book.Named("S72")));
        Assert.Null(book.MeaningOf("J18"));
        var metrics = ((Metrics)outputs["metrics"]).Values;
        Assert.Equal((2, 1, 2), (metrics["distinct_labels"], metrics["labels_without_meaning"], metrics["rows_without_meaning"]));

        var described = await _run.RunAsync(new DescribeLabels(), new DescribeLabels.Params(Prefix: 1), ("rows", outputs["rows"]));
        var figure = StageRun.CardOf(described)["items"]!.AsArray().Single(item => (string)item!["name"]! == "most_frequent_classes")!;
        Assert.Equal(["S", "I · cœur et vaisseaux"], figure["categories"]!.AsArray().Select(name => (string)name!));
    }

    [Theory]
    [InlineData("code,label\nI10,a\nI10,b\n", "c.csv: row 2 (line 3): 'I10' has two meanings, 'a' and 'b'")]
    [InlineData("code,label\n,a\n", "c.csv: row 1 (line 2): there is no code")]
    [InlineData("code,text\nI10,a\n", "c.csv: there is no column 'label'")]
    public async Task A_book_that_cannot_be_read_is_named(string codes, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<StageException>(() => BookAsync(codes, null))).Message);

    [Fact]
    public async Task Chapters_and_blocks_say_how_many_labels_lie_in_them()
    {
        var outputs = await BookAsync("code,label\nI10,hypertension\n", null, "code,label\nI10-I15,tension\nS00-T98,traumatismes\n"
            + "I00–I99,cœur\nA00-B99,infections\nS70-S79,hanche\n");

        var items = StageRun.CardOf(outputs)["items"]!.AsArray();
        string Rows(string name) => items.Single(item => (string)item!["name"]! == name)!["rows"]!.ToJsonString(Json.Plain);
        Assert.Equal("""[["S72",null,"traumatismes › hanche",2],["I10","hypertension","cœur › tension",1]]""", Rows("labels_and_meanings"));
        Assert.Equal(
            """[["I00-I99","cœur",null,1,1,0.3333333333333333],["I10-I15","tension","cœur",1,1,0.3333333333333333],"""
                + """["S00-T98","traumatismes",null,1,2,0.6666666666666666],["S70-S79","hanche","traumatismes",1,2,0.6666666666666666]]""",
            Rows("labels_by_range"));
        Assert.Equal(0, ((Metrics)outputs["metrics"]).Values["labels_outside_ranges"]);
    }

    [Fact]
    public async Task A_chapter_of_one_letter_holds_blocks_of_longer_codes()
    {
        var outputs = await BookAsync(
            "code,label\nI10,a\n", null, "code,label\nS70-S79,hanche\nI10-I15,tension\nS-S,blessures\nA-I,maux\n");

        var items = StageRun.CardOf(outputs)["items"]!.AsArray();
        var rows = items.Single(item => (string)item!["name"]! == "labels_by_range")!["rows"]!.AsArray();
        Assert.Equal(["A-I", "I10-I15 in maux", "S-S", "S70-S79 in blessures"],
            rows.Select(row => (string)row![0]! + (row[2] is { } within ? $" in {within}" : "")));
    }

    /// <summary>Against the plain rule, that a code lies in whatever says so, with ranges in any order.</summary>
    [Fact]
    public void A_code_lies_in_the_ranges_that_have_it()
    {
        var random = new Random(7);
        List<CodeRange> ranges = [.. from letter in "ABCDEFGH" from ten in Enumerable.Range(0, 10)
            select new CodeRange($"{letter}{ten}0", $"{letter}{ten}{random.Next(1, 10)}", "block", "")];
        ranges.AddRange([new("A00", "C99", "chapter", ""), new("D00", "D49", "part", ""), new("D00", "F99", "chapter", ""),
            new("G", "G", "letter", "")]);
        CodeRange[] shuffled = [.. ranges];
        random.Shuffle(shuffled);
        var all = CodeRanges.Of(shuffled, (_, what) => new(what));

        foreach (var number in Enumerable.Range(0, 9000))
        {
            var code = $"{"ABCDEFGHI"[number / 1000]}{number % 1000:000}"[..random.Next(1, 5)];
            var found = all.Of(code);
            Assert.Equal(ranges.Where(range => range.Has(code)).ToHashSet(), found.ToHashSet());
            Assert.All(found.Zip(found.Skip(1)), pair => Assert.True(pair.First.Holds(pair.Second)));
        }
    }

    [Theory]
    [InlineData("A00", "r.csv: row 2 (line 3): 'A00' is no range of codes such as A00-A09")]
    [InlineData("A00-B9", "r.csv: row 2 (line 3): 'A00-B9' is no range of codes such as A00-A09")]
    [InlineData("B00-A99", "r.csv: row 2 (line 3): 'B00-A99' ends before it begins")]
    [InlineData("A50-A99", "r.csv: row 2 (line 3): 'A50-A99' and 'A00-A59' overlap, and neither lies in the other")]
    [InlineData("A00-A59", "r.csv: row 2 (line 3): 'A00-A59' and 'A00-A59' overlap, and neither lies in the other")]
    public async Task A_range_that_is_none_is_named(string range, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<StageException>(
            () => BookAsync("code,label\nI10,a\n", null, $"code,label\nA00-A59,x\n{range},y\n"))).Message);

    private async Task<ArtifactSet> BookAsync(string codes, string? letters, string? ranges = null) => await _run.RunAsync(
        new LabelBook(), new LabelBook.Params(_run.File("c.csv", codes), letters is null ? null : _run.File("l.csv", letters),
            ranges is null ? null : _run.File("r.csv", ranges)),
        ("rows", await _run.TextsAsync(("train", "a", "I10"), ("train", "b", "S72"), ("test", "c", "S72"))));
}
