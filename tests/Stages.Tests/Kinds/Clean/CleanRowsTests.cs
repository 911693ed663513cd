using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Clean;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class CleanRowsTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Rows_are_dropped_and_renamed_by_value_with_all_their_columns()
    {
        var outputs = await CleanAsync(new(Drop: ["other"], Rename: new Dictionary<string, string> { ["nucleaire"] = "nucléaire" }));
        var rows = await outputs.ResultAsync();

        Assert.Equal(["nucléaire", "viande", "nucléaire"], rows.Values<string>("label").Items);
        Assert.Equal(["a", "c", "d"], rows.Values<string>("text").Items);
        Assert.Equal([1, 3, 4], rows.Values<int>("n").Items);
        Assert.Equal([[1], [3, 3], []], rows.Ids("list"));
        var metrics = ((Metrics)outputs["metrics"]).Values;
        Assert.Equal((1, 1), (metrics["dropped_rows"], metrics["renamed_rows"]));
    }

    [Fact]
    public async Task Only_named_values_are_kept() =>
        Assert.Equal(["c"], (await (await CleanAsync(new(Keep: ["viande"]))).ResultAsync()).Values<string>("text").Items);

    [Fact]
    public async Task A_value_that_does_not_occur_is_told()
    {
        var warning = StageRun.CardOf(await CleanAsync(new(Drop: ["others"])))["items"]!.AsArray()
            .Single(item => (string)item!["item"]! == "warning")!;
        Assert.Equal(("value_not_there", "others"), ((string)warning["name"]!, (string)warning["values"]!["value"]!));
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused()
    {
        Assert.Equal("keep", Assert.Throws<StageException>(() => new CleanRows.Params(Drop: ["a"], Keep: ["b"])).Parameter);
        Assert.Throws<StageException>(() => new CleanRows.Params());
        Assert.Equal("drop", (await FailAsync(new(Drop: ["other", "nucleaire", "nucléaire", "viande"]))).Parameter);
        Assert.Equal("column", (await FailAsync(new("stance", Drop: ["a"]))).Parameter);
        Assert.Equal("rename", (await FailAsync(new("n", Rename: new Dictionary<string, string> { ["1"] = "2" }))).Parameter);
    }

    private Task<StageException> FailAsync(CleanRows.Params parameters) => Assert.ThrowsAsync<StageException>(() => CleanAsync(parameters));

    private async Task<ArtifactSet> CleanAsync(CleanRows.Params parameters) => await _run.RunAsync(
        new CleanRows(), parameters,
        ("rows", await _run.TableAsync(
            new Values<string>("text", ["a", "b", "c", "d"]), new Values<string>("label", ["nucleaire", "other", "viande", "nucléaire"]),
            new Values<int>("n", [1, 2, 3, 4]), new Lists<int>("list", [1, 2, 3, 3], [0, 1, 2, 4, 4]))));
}
