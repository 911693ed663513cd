using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Describe;
using Pipelines.Stages.Text.Cleaning;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class DescribeWordsTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Words_are_counted_with_and_without_stop_words()
    {
        var outputs = await DescribeAsync(new(StopList: StopList.French, StopWords: ["Bras"]));
        var items = StageRun.CardOf(outputs)["items"]!.AsArray();
        string Words(string name) => string.Join(' ', items.Single(item => (string)item!["name"]! == name)!["categories"]!.AsArray()
            .Select(word => (string)word!));

        Assert.Equal("du bras l' l fracture artère", Words("frequent_words"));
        Assert.Equal("fracture artère", Words("frequent_words_without_stop_words"));
    }

    [Fact]
    public async Task Splits_are_counted_apart()
    {
        var metrics = ((Metrics)(await DescribeAsync(new()))["metrics"]).Values;
        Assert.Equal((8, 6), (metrics["all.total_words"], metrics["all.distinct_words"]));
        Assert.Equal((5, 3), (metrics["train.total_words"], metrics["train.distinct_words"]));
    }

    [Fact]
    public async Task Texts_without_words_are_refused()
    {
        var table = await _run.TextsAsync(("train", " ?!", "a"));
        await Assert.ThrowsAsync<StageException>(() => _run.RunAsync(new DescribeWords(), new DescribeWords.Params(), ("rows", table)));
    }

    private async Task<ArtifactSet> DescribeAsync(DescribeWords.Params parameters) => await _run.RunAsync(
        new DescribeWords(), parameters,
        ("rows", await _run.TextsAsync(("train", "Fracture du bras, du bras", "a"), ("test", "L'artère : l'", "b"))));
}
