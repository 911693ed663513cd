using System.Text.Json.Nodes;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.TestKit;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Storage;

public sealed class RunStoreTests : IDisposable
{
    private readonly EngineRig _rig = new();

    [Fact]
    public async Task A_record_comes_back_as_it_was()
    {
        var pipeline = Pipeline();

        var record = await _rig.RunAsync(pipeline);
        var read = new RunStore(_rig.Workspace.Root).Find(record.Id)!;

        Assert.Equal(Bytes(record), Bytes(read));
        Assert.Equal("a:ran m:ran bad:failed after:skipped", EngineRig.Outcomes(read));
        Assert.Equal(EngineRig.TableOf(record, "a").Directory, EngineRig.TableOf(read, "a").Directory);
        Assert.Equal(record.Environment, read.Environment);
    }

    [Fact]
    public async Task Runs_are_listed_the_latest_first_and_killed_ones_are_left_out()
    {
        var store = new RunStore(_rig.Workspace.Root);
        var first = await _rig.RunAsync(new FakePipeline().Add("a"));
        store.Begin(DateTimeOffset.Now);
        var second = await _rig.RunAsync(new FakePipeline().Add("a"));
        File.SetLastWriteTimeUtc(Path.Combine(_rig.StoreFolder, "runs", first.Id + ".json"), DateTime.UtcNow.AddMinutes(-1));

        Assert.Equal([second.Id, first.Id], store.List());
    }

    [Fact]
    public async Task A_record_in_which_a_bit_has_changed_is_none()
    {
        var record = await _rig.RunAsync(Pipeline());
        var path = Path.Combine(_rig.StoreFolder, "runs", record.Id + ".json");
        var whole = await File.ReadAllBytesAsync(path);
        var random = new Random(3);
        for (var i = 0; i < 200; i++)
        {
            var bytes = whole.ToArray();
            bytes[random.Next(bytes.Length - 2)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(path, bytes);

            Assert.Null(new RunStore(_rig.Workspace.Root).Find(record.Id));
        }
    }

    [Fact]
    public async Task A_record_without_spans_is_read_as_one_without_times()
    {
        var record = await _rig.RunAsync(new FakePipeline().Add("a"));
        var path = Path.Combine(_rig.StoreFolder, "runs", record.Id + ".json");
        var json = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        // Of a version without checksum.
        json["format"] = "pipelines run 1";
        foreach (var name in new[] { "started_after_seconds", "executed_seconds", "lane" })
            Assert.True(json["stages"]![0]!.AsObject().Remove(name));
        await File.WriteAllTextAsync(path, json.ToJsonString());

        Assert.Null(new RunStore(_rig.Workspace.Root).Find(record.Id)!.Stages[0].Span);
    }

    [Fact]
    public async Task A_run_in_which_something_was_executed_has_a_trace()
    {
        var store = new RunStore(_rig.Workspace.Root);
        var record = await _rig.RunAsync(Pipeline());
        var again = await _rig.RunAsync(new FakePipeline().Add("a"));

        var trace = JsonNode.Parse(await File.ReadAllTextAsync(store.TraceFile(record.Id)))!;
        var events = trace["traceEvents"]!.AsArray().Where(item => (string?)item!["ph"] == "X")
            .ToDictionary(item => (string)item!["name"]!);
        Assert.Equal(["a", "bad", "m"], events.Keys.Order());
        Assert.Equal(1, (long)events["a"]!["args"]!["rows"]!);
        Assert.Equal("never ran", (string?)events["a"]!["args"]!["why"]);
        Assert.Equal("failed", (string?)events["bad"]!["args"]!["outcome"]);
        Assert.All(events.Values, item => Assert.True((long)item!["ts"]! >= 0 && (long)item["dur"]! >= 0));
        Assert.Contains(
            trace["traceEvents"]!.AsArray(), item => (string?)item!["name"] == "thread_name" && (string?)item["args"]!["name"] == "lane 1");
        Assert.Equal("a:reused", EngineRig.Outcomes(again));
        Assert.False(File.Exists(store.TraceFile(again.Id)));
        Assert.Equal(2, store.List().Count);
    }

    [Fact]
    public async Task Metrics_of_a_run_stand_in_one_file()
    {
        var record = await _rig.RunAsync(Pipeline());

        Assert.Equal(
            """
            {
              "m": {
                "test.f1": 0.75,
                "test.none": "NaN"
              }
            }

            """,
            File.ReadAllText(Path.Combine(new RunStore(_rig.Workspace.Root).FolderOf(record.Id), "metrics.json")));
    }

    [Fact]
    public async Task Expectations_are_compared_with_the_metrics_of_their_stage()
    {
        var pipeline = Pipeline();
        var at = new SourceFile("test.yaml", "expect").Start;
        pipeline.Expect.AddRange(
            [new("m.test.f1", 0.7, null, at), new("m.test.f1", null, 0.7, at), new("m.test.f2", 0.1, null, at),
                new("m.test.none", 0, null, at)]);

        var record = await _rig.RunAsync(pipeline);

        Assert.Equal(
            [(0.75, true), (0.75, false), (null, false), (double.NaN, false)],
            record.Expectations.Select(result => (result.Value, result.Met)));
    }

    [Fact]
    public void Names_of_runs_do_not_repeat()
    {
        var store = new RunStore(_rig.Workspace.Root);
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        var ids = Enumerable.Range(0, 50).Select(_ => store.Begin(now)).ToList();

        Assert.Equal(50, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^2026-03-01-[a-z]+-[a-z]+$", id));
    }

    [Fact]
    public void When_the_names_of_a_day_are_used_up_they_get_a_number()
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var names = RunNames.For(now).TakeWhile(name => name.Count(sign => sign == '-') == 4).ToList();
        var store = new RunStore(_rig.Workspace.Root);
        store.Begin(now);
        foreach (var name in names)
            File.WriteAllText(Path.Combine(_rig.StoreFolder, "runs", name + ".json"), "");

        Assert.Equal(names[0] + "-2", store.Begin(now));
    }

    [Fact]
    public async Task Several_may_begin_at_once_in_a_new_project()
    {
        for (var i = 0; i < 20; i++)
        {
            using var workspace = new TempWorkspace();
            var ids = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(_ => Task.Run(() => new RunStore(workspace.Root).Begin(DateTimeOffset.Now))));
            Assert.Equal(8, ids.Distinct().Count());
        }
    }

    [Theory]
    [InlineData("model[dropout=0.1]", "model[dropout=0_1]")]
    [InlineData("a/../../b", "a_.._.._b")]
    public void Two_stages_never_share_a_log_and_none_leaves_the_folder(string one, string other)
    {
        var store = new RunStore(_rig.Workspace.Root);

        Assert.NotEqual(store.LogPath("run", one), store.LogPath("run", other));
        Assert.Equal(store.FolderOf("run"), Path.GetDirectoryName(store.LogPath("run", one)));
    }

    public void Dispose() => _rig.Dispose();

    private static FakePipeline Pipeline() => new FakePipeline()
        .Add("a")
        .Add("m", "a", new("measuring", async call =>
            FakeCall.Of(await call.Context.Write.MetricsAsync(
                new Dictionary<string, double> { ["test.f1"] = 0.75, ["test.none"] = double.NaN }, call.Cancellation))))
        .Add("bad", "a", new("failing", _ => throw new StageException("no") { Help = "try" }))
        .Add("after", "bad");

    private static byte[] Bytes(RunRecord record)
    {
        using var stream = new MemoryStream();
        RunRecordJson.Write(record, stream);
        return stream.ToArray();
    }
}
