using System.Text.Json.Nodes;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

public sealed class PreviewTests : IDisposable
{
    private readonly EngineRig _rig = new();

    [Fact]
    public async Task It_says_what_is_kept_what_runs_and_what_depends()
    {
        await _rig.RunAsync(Pipeline("1"));

        Assert.Equal(
            ["a: reused", "b: runs (with.add 1 → 2 (test.yaml:14:5))", "c: depends on b", "d: depends on c", "e: same as b"],
            _rig.Preview(Pipeline("2")).Select(Text));
    }

    [Fact]
    public void Before_the_first_run_everything_never_ran()
    {
        Assert.Equal(["a: runs (never ran)", "b: depends on a", "c: depends on b", "d: depends on c", "e: depends on a"],
            _rig.Preview(Pipeline("1")).Select(Text));
    }

    [Fact]
    public async Task Below_a_change_it_still_says_what_else_changed()
    {
        await _rig.RunAsync(new FakePipeline().Add("a").Add("b", "a", with: ("add", "1")));

        Assert.Equal(
            ["a: runs (with.add is new: 3 (test.yaml:4:5))", "b: depends on a and with.add 1 → 2 (test.yaml:14:5)"],
            _rig.Preview(new FakePipeline().Add("a", with: ("add", "3")).Add("b", "a", with: ("add", "2"))).Select(Text));
    }

    [Fact]
    public void It_writes_nothing()
    {
        _rig.Preview(Pipeline("1"));

        Assert.Empty(_rig.Workspace.Files());
    }

    [Fact]
    public async Task It_knows_what_a_stage_took_and_what_its_outputs_take()
    {
        var made = EngineRig.Stage(await _rig.RunAsync(Pipeline("1")), "b").Outcome.Results!.ByPort.Values.SelectMany(port => port);
        var bytes = made.SelectMany(artifact => new DirectoryInfo(artifact.Directory).EnumerateFiles())
            .Where(file => file.Name != StoredFile.ListName).Sum(file => file.Length);

        var forecast = Assert.IsType<StageForecast.WillRun>(_rig.Preview(Pipeline("2"))[1].Forecast);

        Assert.Equal(bytes, forecast.Expected!.Bytes);
        Assert.True(forecast.Expected.Took > TimeSpan.Zero);
    }

    [Fact]
    public void The_middle_of_its_latest_times_is_expected()
    {
        LastResult last = new(new([]), [TimeSpan.FromSeconds(100)], 5);
        foreach (var seconds in new[] { 1, 2, 90 })
            last = last.Executed(last.Fingerprint, TimeSpan.FromSeconds(seconds), 7);
        Assert.Equal(new(TimeSpan.FromSeconds(2), 7), last.Cost);

        for (var i = 0; i < 20; i++)
            last = last.Executed(last.Fingerprint, TimeSpan.FromSeconds(3), null);
        Assert.Equal(9, last.Times.Count);
        Assert.Equal(new(TimeSpan.FromSeconds(3), null), last.Cost);
    }

    [Fact]
    public async Task Times_of_earlier_runs_are_kept_and_files_without_them_are_read()
    {
        await _rig.RunAsync(Pipeline("1"));
        await _rig.RunAsync(Pipeline("2"));
        await _rig.RunAsync(Pipeline("1"));
        var store = new RunStore(_rig.Workspace.Root);
        var (pipeline, file) = (Pipeline("1").Plan().Pipeline, Assert.Single(_rig.Workspace.Files(".pipelines/v1/runs/last")));
        Assert.Equal(2, store.Last(pipeline)["b"].Times.Count);

        var json = JsonNode.Parse(_rig.Workspace.Read(file))!.AsObject();
        foreach (var (_, stage) in json)
            Assert.True(stage!.AsObject().Remove("earlier_seconds") && stage.AsObject().Remove("bytes"));
        _rig.Workspace.Write(file, json.ToJsonString());

        Assert.Single(store.Last(pipeline)["b"].Times);
        Assert.Null(store.Last(pipeline)["b"].Bytes);
    }

    [Fact]
    public void A_missing_column_is_foreseen()
    {
        _rig.Workspace.Write("a.csv", "abc");
        var reading = FakeKind.Sum with { Name = "reading", Reads = ["tokens"] };

        // Not before its producer ran: what columns that gives is known only then.
        Assert.IsType<StageForecast.DependsOnUpstream>(_rig.Preview(new FakePipeline().Add("a").Add("b", "a", reading))[1].Forecast);
    }

    [Fact]
    public async Task A_missing_column_of_a_stored_table_is_foreseen()
    {
        await _rig.RunAsync(new FakePipeline().Add("a"));
        var reading = FakeKind.Sum with { Name = "reading", Reads = ["tokens"] };

        Assert.IsType<StageForecast.WillFail>(_rig.Preview(new FakePipeline().Add("a").Add("b", "a", reading))[1].Forecast);
    }

    public void Dispose() => _rig.Dispose();

    private static string Text(StagePreview preview) => $"{preview.Id}: " + preview.Forecast switch
    {
        StageForecast.Reused => "reused",
        StageForecast.WillRun run => $"runs ({string.Join(", ", run.Why)})",
        StageForecast.DependsOnUpstream depends => string.Join(" and ", [$"depends on {string.Join(", ", depends.On)}", .. depends.Why]),
        StageForecast.Shared shared => $"same as {shared.With}",
        var other => other.ToString(),
    };

    private static FakePipeline Pipeline(string add) => new FakePipeline()
        .Add("a").Add("b", "a", with: ("add", add)).Add("c", "b").Add("d", "c").Add("e", "a", with: ("add", add));
}
