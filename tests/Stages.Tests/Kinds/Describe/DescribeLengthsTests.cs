using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Describe;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class DescribeLengthsTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task The_cut_stands_behind_the_texts_that_fit()
    {
        var table = await _run.TextsAsync(("train", "a b", "x"), ("train", "a b c", "x"), ("test", "a b c d", "x"));
        var outputs = await _run.RunAsync(new DescribeLengths(), new DescribeLengths.Params(Limit: 3), ("rows", table));
        var items = StageRun.CardOf(outputs)["items"]!.AsArray();
        var figure = items.Single(item => (string)item!["name"]! == "text_lengths")!;
        var (edges, counts, cut) = (figure["edges"]!.AsArray(), figure["counts"]!.AsArray(), (double)figure["mark_x"]!);

        var right = Enumerable.Range(0, counts.Count).Where(bar => (double)edges[bar]! >= cut).Sum(bar => (long)counts[bar]!);
        Assert.Equal((4, 3, 1), (cut, (double)figure["mark_value"]!, right));
        Assert.Equal(right, (long)items.Single(item => (string)item!["name"]! == "texts_above_limit")!["values"]!["count"]!);
    }
}
