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

    private async Task<ArtifactSet> BookAsync(string codes, string? letters) => await _run.RunAsync(
        new LabelBook(), new LabelBook.Params(_run.File("c.csv", codes), letters is null ? null : _run.File("l.csv", letters)),
        ("rows", await _run.TextsAsync(("train", "a", "I10"), ("train", "b", "S72"), ("test", "c", "S72"))));
}
