using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Describe;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class DescribeTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("text", LengthUnit.Words, 2, 3)]
    [InlineData("text", LengthUnit.Characters, 5, 8)]
    [InlineData("ids", LengthUnit.Words, 1.5, 3)]
    [InlineData("length", LengthUnit.Words, 4, 7)]
    [InlineData("count", LengthUnit.Words, 1_073_741_824, int.MaxValue)]
    [InlineData("scores", LengthUnit.Words, 0.5, 1)]
    public async Task Lengths_are_those_of_texts_lists_and_numbers(string column, LengthUnit unit, double mean, double longest)
    {
        var metrics = (Metrics)(await LengthsAsync(new(column, unit)))["metrics"];
        Assert.Equal(mean, metrics.Values["all.mean_length"]);
        Assert.Equal(longest, metrics.Values["all.longest"]);
        Assert.Equal(longest, metrics.Values["test.longest"]);
    }

    [Fact]
    public async Task Shorter_limits_are_told_with_what_they_cut_and_save()
    {
        var grid = StageRun.CardOf(await LengthsAsync(new("length", Limits: [2, 7, 9])))["items"]!.AsArray()
            .Single(item => (string)item!["name"]! == "shorter_limits")!["rows"]!.AsArray();
        Assert.Equal([2.0, 1, 0.5, 5 / 8.0, 1 - (2 / 7.0), 1 - (4 / 49.0)], grid[0]!.AsArray().Select(cell => (double)cell!));
        Assert.Equal([0.0, 0, 0, 0, 0], grid.Skip(1).SelectMany(row => row!.AsArray().Skip(1)).Select(cell => (double)cell!).Take(5));
    }

    [Theory]
    [InlineData("weight", "the column 'weight' holds double, which has no length")]
    [InlineData("odd", "the column 'odd' holds bool, which has no length")]
    [InlineData("negative", "-1 in the column 'negative' is no length")]
    public async Task What_has_no_length_is_refused_with_words(string column, string said)
    {
        var error = await Assert.ThrowsAsync<StageException>(() => LengthsAsync(new(column)));
        Assert.Equal((said, "column"), (error.Message, error.Parameter));
    }

    [Theory]
    [InlineData("length", "7")]
    [InlineData("weight", "0.5")]
    [InlineData("ids", "1 2 3")]
    [InlineData("odd", "true")]
    public async Task Labels_of_any_type_are_counted(string column, string rarest)
    {
        var outputs = await _run.RunAsync(new DescribeLabels(), new DescribeLabels.Params(column), ("rows", await RowsAsync()));
        Assert.Equal(2, ((Metrics)outputs["metrics"]).Values["classes"]);
        var labels = StageRun.CardOf(outputs)["items"]!.AsArray()
            .Single(item => (string?)item!["name"] == "most_frequent_classes")!["categories"]!;
        Assert.Contains(rarest, labels.AsArray().Select(label => (string?)label));
    }

    [Theory]
    [InlineData("aaab", 1)]
    [InlineData("aabb", 1)]
    [InlineData("aabbc", 2)]
    [InlineData("abcd", 2)]
    [InlineData("a", 1)]
    public async Task Half_of_the_rows_have_so_few_labels(string labels, double few)
    {
        var rows = await _run.TableAsync(new Values<string>("label", [.. labels.Select(label => label.ToString())]));
        var outputs = await _run.RunAsync(new DescribeLabels(), new DescribeLabels.Params(), ("rows", rows));

        Assert.Equal(few, (double)StageRun.CardOf(outputs)["items"]!.AsArray()
            .Single(item => (string?)item!["name"] == "classes_of_half_the_rows")!["value"]!);
    }

    private async Task<ArtifactSet> LengthsAsync(DescribeLengths.Params parameters) =>
        await _run.RunAsync(new DescribeLengths(), parameters, ("rows", await RowsAsync()));

    // A text and a split may be missing: a script wrote them.
    private Task<Table> RowsAsync() => _run.TableAsync(
        new Values<string>("split", [null!, "test"]), new Values<string>("text", ["a ", "un de tr"]),
        new Lists<int>("ids", [1, 2, 3], [0, 0, 3]),
        new Values<int>("length", [1, 7]), new Values<long>("count", [1, int.MaxValue]), new Lists<double>("scores", [0.5], [0, 0, 1]),
        new Values<double>("weight", [1, 0.5]), new Values<bool>("odd", [false, true]), new Values<int>("negative", [1, -1]));
}
