using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Clean;
using Pipelines.Stages.Kinds.Load;
using Pipelines.Stages.Kinds.Split;
using Pipelines.Stages.Text.Splitting;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>The rows of course document 1, as the stages of tweets-encoder load, clean and split them.</summary>
public sealed class TweetSplitTests : IDisposable
{
    private const string File = "tweets-environment/results.json";

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>The support that the document's notebook prints: 155, 19 and 20 rows.</summary>
    [SharedDataFact(File)]
    public async Task The_split_is_that_of_the_document()
    {
        var loaded = await _run.RunAsync(new LoadJson(), new LoadJson.Params(
            new(new(SharedDataFactAttribute.PathOf(File)), Select: new("text", "topic", ["id", "stance"])), Key: "id"));
        var topics = await _run.RunAsync(
            new CleanRows(),
            new CleanRows.Params(Drop: ["other"], Rename: new Dictionary<string, string> { ["nucleaire"] = "nucléaire" }),
            ("rows", loaded["rows"]));
        var split = await _run.RunAsync(
            new SplitRandom(), new SplitRandom.Params(0.8, 0.1, ShuffleMethod.Numpy, 42), ("rows", topics["rows"]));
        var labels = await LabelsAsync((Table)topics["rows"], "label");
        var splits = await LabelsAsync((Table)split["rows"], "split");
        Assert.Equal([31, 18, 58, 48], Support(labels, splits, "train"));
        Assert.Equal([1, 6, 10, 2], Support(labels, splits, "validation"));
        Assert.Equal([3, 4, 8, 5], Support(labels, splits, "test"));
    }

    private static int[] Support(IReadOnlyList<string?> labels, IReadOnlyList<string?> splits, string split) =>
        [.. new[] { "avion", "décroissance", "nucléaire", "viande" }
            .Select(topic => labels.Zip(splits).Count(row => row.First == topic && row.Second == split))];

    private static async Task<IReadOnlyList<string?>> LabelsAsync(Table table, string column) =>
        [.. (await StageRun.ReadAsync(table)).SelectMany(batch => batch.Values<string>(column).Items)];
}
