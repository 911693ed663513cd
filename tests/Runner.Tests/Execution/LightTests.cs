using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

public sealed class LightTests : IDisposable
{
    private readonly EngineRig _rig = new();

    public LightTests() => _rig.Options = _rig.Options with { Light = true };

    [Fact]
    public async Task A_heavy_stage_and_what_needs_it_stay_as_they_were_and_the_rest_runs()
    {
        var before = await RunHeavyAsync(Pipeline("1", "1"));

        var record = await _rig.RunAsync(Pipeline("2", "2"));

        Assert.Equal("rows:ran model:stale scores:stale why:stale counts:ran", EngineRig.Outcomes(record));
        var stale = Assert.IsType<StageOutcome.Stale>(EngineRig.Stage(record, "scores").Outcome);
        Assert.Equal(("model", before.Id), (stale.BecauseOf, stale.Last?.FromRun));
        Assert.Null(stale.Results);
        Assert.Equal(EngineRig.TableOf(before, "scores").Id, stale.Shown!["rows"].Id);
        Assert.Equal(["with.add 1 → 2 (test.yaml:14:5)", "from.rows.0.n changed (with.add of rows)"], Last(record, "model"));
        Assert.Equal(["needs model"], EngineRig.Stage(record, "scores").Why);
        Assert.False(record.Interrupted);
    }

    [Fact]
    public async Task A_heavy_result_in_the_store_is_reused_as_ever()
    {
        await RunHeavyAsync(Pipeline("1", "1"));

        Assert.Equal(
            "rows:reused model:reused scores:reused why:reused counts:reused", EngineRig.Outcomes(await _rig.RunAsync(Pipeline("1", "1"))));
    }

    [Fact]
    public async Task Rows_that_come_out_the_same_leave_nothing_stale()
    {
        await RunHeavyAsync(Pipeline("1", "1"));

        var record = await _rig.RunAsync(Pipeline("1", "1", extra: "5"));

        Assert.Equal("rows:ran model:reused scores:reused why:reused counts:reused", EngineRig.Outcomes(record));
    }

    [Fact]
    public async Task What_never_ran_has_nothing_to_show()
    {
        var record = await _rig.RunAsync(Pipeline("1", "1"));

        Assert.Equal("rows:ran model:stale scores:stale why:stale counts:ran", EngineRig.Outcomes(record));
        Assert.Null(Assert.IsType<StageOutcome.Stale>(EngineRig.Stage(record, "model").Outcome).Last);
    }

    [Fact]
    public async Task A_heavy_stage_that_is_forced_runs()
    {
        _rig.Options = _rig.Options with { Force = new HashSet<string> { "model" } };

        Assert.Equal("rows:ran model:ran scores:ran why:ran counts:ran", EngineRig.Outcomes(await _rig.RunAsync(Pipeline("1", "1"))));
    }

    [Fact]
    public async Task The_next_full_run_explains_itself_by_the_last_that_counted()
    {
        await RunHeavyAsync(Pipeline("1", "1"));
        await _rig.RunAsync(Pipeline("1", "2"));

        var record = await RunHeavyAsync(Pipeline("1", "2"));

        Assert.Equal("rows:reused model:ran scores:ran why:ran counts:reused", EngineRig.Outcomes(record));
        Assert.Equal(["with.add 1 → 2 (test.yaml:14:5)"], Last(record, "model"));
    }

    [Fact]
    public async Task Of_several_heavy_stages_the_first_of_the_plan_is_named()
    {
        var pipeline = new FakePipeline().Add("rows").Add("slow", "rows").Policy(new(IsHeavy: true)).Add("other", with: ("add", "5"))
            .Policy(new(IsHeavy: true)).Add("both", "other slow");

        var record = await _rig.RunAsync(pipeline);

        Assert.Equal("rows:ran slow:stale other:stale both:stale", EngineRig.Outcomes(record));
        Assert.Equal("slow", Assert.IsType<StageOutcome.Stale>(EngineRig.Stage(record, "both").Outcome).BecauseOf);
    }

    [Fact]
    public async Task An_expectation_is_not_held_against_stale_numbers()
    {
        await RunHeavyAsync(Pipeline("1", "1"));
        var pipeline = Pipeline("1", "2");
        pipeline.Expect.AddRange([new("scores.n", 100, null, Somewhere), new("counts.n", 100, null, Somewhere)]);

        var record = await _rig.RunAsync(pipeline);

        Assert.Equal(["counts.n"], record.Expectations.Select(result => result.Expectation.Metric));
    }

    [Fact]
    public async Task The_record_keeps_what_was_stale()
    {
        await RunHeavyAsync(Pipeline("1", "1"));
        var record = await _rig.RunAsync(Pipeline("1", "2"));

        var read = new RunStore(_rig.Workspace.Root).Find(record.Id)!;

        var (was, now) = ((StageOutcome.Stale)EngineRig.Stage(record, "model").Outcome,
            Assert.IsType<StageOutcome.Stale>(EngineRig.Stage(read, "model").Outcome));
        Assert.Equal((was.BecauseOf, was.Last!.Fingerprint, was.Last.FromRun), (now.BecauseOf, now.Last!.Fingerprint, now.Last.FromRun));
        Assert.Equal(was.Shown!["rows"].Id, now.Shown!["rows"].Id);
    }

    [Fact]
    public async Task It_is_foreseen()
    {
        await RunHeavyAsync(Pipeline("1", "1"));

        Assert.Equal(["reused", "stale model", "stale model", "stale model", "reused"], _rig.Preview(Pipeline("1", "2")).Select(Text));
        Assert.Equal(["will run", "stale model unless rows", "stale model unless model", "stale model unless scores", "depends on rows"],
            _rig.Preview(Pipeline("2", "1")).Select(Text));
    }

    public void Dispose() => _rig.Dispose();

    private static SourceSpan Somewhere => new(new("test.yaml", ""), 1, 1, 1);

    private static IReadOnlyList<string> Last(RunRecord record, string id) => EngineRig.Stage(record, id).Why;

    private static string Text(StagePreview preview) => preview.Forecast switch
    {
        StageForecast.Stale { Unless: [] } stale => $"stale {stale.BecauseOf}",
        StageForecast.Stale stale => $"stale {stale.BecauseOf} unless {string.Join(", ", stale.Unless)}",
        StageForecast.WillRun => "will run",
        StageForecast.DependsOnUpstream maybe => $"depends on {string.Join(", ", maybe.On)}",
        _ => "reused",
    };

    private async Task<RunRecord> RunHeavyAsync(FakePipeline pipeline)
    {
        var light = _rig.Options;
        _rig.Options = light with { Light = false };
        var record = await _rig.RunAsync(pipeline);
        _rig.Options = light;
        return record;
    }

    private static FakePipeline Pipeline(string rows, string model, string extra = "0") => new FakePipeline()
        .Add("rows", with: [("add", rows), ("extra", extra)]).Add("model", "rows", with: ("add", model)).Policy(new(IsHeavy: true))
        .Add("scores", "model", with: ("add", "7")).Add("why", "scores", with: ("add", "8"))
        .Add("counts", "rows", with: ("add", "9"));
}
