using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

public sealed class ReuseTests : IDisposable
{
    private readonly EngineRig _rig = new();

    [Fact]
    public async Task A_second_run_reuses_everything()
    {
        var first = await _rig.RunAsync(Chain());
        var second = await _rig.RunAsync(Chain());

        Assert.Equal("a:ran b:ran c:ran", EngineRig.Outcomes(first));
        Assert.Equal("a:reused b:reused c:reused", EngineRig.Outcomes(second));
        Assert.Equal(3, _rig.Calls);
        Assert.Equal(EngineRig.Number(first, "c"), EngineRig.Number(second, "c"));
        Assert.Equal(first.Id, ((StageOutcome.Reused)EngineRig.Stage(second, "c").Outcome).FromRun);
    }

    [Fact]
    public async Task An_edit_reruns_only_what_depends_on_it()
    {
        await _rig.RunAsync(Chain());

        var edited = await _rig.RunAsync(Chain(addB: "5"));

        Assert.Equal("a:reused b:ran c:ran", EngineRig.Outcomes(edited));
        Assert.Equal(["with.add 2 → 5 (test.yaml:14:5)"], EngineRig.Stage(edited, "b").Why);
        Assert.Equal(["from.rows.0.n changed (with.add of b)"], EngineRig.Stage(edited, "c").Why);
    }

    [Fact]
    public async Task Going_back_to_an_old_parameter_is_a_hit()
    {
        await _rig.RunAsync(Chain());
        await _rig.RunAsync(Chain(addB: "5"));

        Assert.Equal("a:reused b:reused c:reused", EngineRig.Outcomes(await _rig.RunAsync(Chain())));
    }

    [Fact]
    public async Task Equal_content_upstream_keeps_what_depends_on_it()
    {
        await _rig.RunAsync(new FakePipeline().Add("a", with: [("add", "10"), ("divide", "4")]).Add("b", "a"));

        var edited = await _rig.RunAsync(new FakePipeline().Add("a", with: [("add", "11"), ("divide", "4")]).Add("b", "a"));

        Assert.Equal("a:ran b:reused", EngineRig.Outcomes(edited));
        Assert.Equal(["kept: upstream ran again, same content"], EngineRig.Stage(edited, "b").Why);
    }

    [Fact]
    public async Task A_column_nobody_declared_to_read_may_change()
    {
        await _rig.RunAsync(new FakePipeline().Add("a", with: ("extra", "1")).Add("b", "a"));

        var edited = await _rig.RunAsync(new FakePipeline().Add("a", with: ("extra", "2")).Add("b", "a"));

        Assert.Equal("a:ran b:reused", EngineRig.Outcomes(edited));
        Assert.Equal(2, EngineRig.Number(edited, "a", "extra"));
    }

    [Fact]
    public async Task A_stage_that_declares_nothing_sees_every_column_change()
    {
        var all = FakeKind.Sum with { Name = "all", Reads = null };
        await _rig.RunAsync(new FakePipeline().Add("a", with: ("extra", "1")).Add("b", "a", all));

        Assert.Equal(
            "a:ran b:ran", EngineRig.Outcomes(await _rig.RunAsync(new FakePipeline().Add("a", with: ("extra", "2")).Add("b", "a", all))));
    }

    [Fact]
    public async Task Renaming_a_stage_or_the_pipeline_reuses_its_result()
    {
        await _rig.RunAsync(Chain());

        var renamed = await _rig.RunAsync(
            new FakePipeline("other").Add("first").Add("second", "first", with: ("add", "2")).Add("third", "second"));

        Assert.Equal("first:reused second:reused third:reused", EngineRig.Outcomes(renamed));
    }

    [Fact]
    public async Task Parameters_that_cannot_change_the_result_are_ignored()
    {
        await _rig.RunAsync(new FakePipeline().Add("a", with: ("threads", "1")));

        Assert.Equal("a:reused", EngineRig.Outcomes(await _rig.RunAsync(new FakePipeline().Add("a", with: ("threads", "8")))));
    }

    [Fact]
    public async Task A_new_version_of_a_kind_reruns_it()
    {
        await _rig.RunAsync(Chain());

        var edited = await _rig.RunAsync(new FakePipeline().Add("a", kind: FakeKind.Sum with { Version = 2 }));

        Assert.Equal("a:ran", EngineRig.Outcomes(edited));
        Assert.Equal(["version of sum 1 → 2"], EngineRig.Stage(edited, "a").Why);
    }

    [Theory]
    [InlineData(Pipelines.Stages.Contracts.Uses.Nothing, "a:reused")]
    [InlineData(Pipelines.Stages.Contracts.Uses.Seed, "a:ran")]
    public async Task The_seed_counts_only_for_those_who_draw(Pipelines.Stages.Contracts.Uses uses, string expected)
    {
        var kind = FakeKind.Sum with { Uses = uses };
        await _rig.RunAsync(new FakePipeline(seed: 1).Add("a", kind: kind));

        Assert.Equal(expected, EngineRig.Outcomes(await _rig.RunAsync(new FakePipeline(seed: 2).Add("a", kind: kind))));
    }

    [Theory]
    [InlineData(Pipelines.Stages.Contracts.Uses.Nothing, "a:reused")]
    [InlineData(Pipelines.Stages.Contracts.Uses.Torch, "a:ran")]
    public async Task The_engine_counts_only_for_those_who_compute_with_it(Pipelines.Stages.Contracts.Uses uses, string expected)
    {
        var kind = FakeKind.Sum with { Uses = uses };
        await _rig.RunAsync(new FakePipeline().Add("a", kind: kind));
        _rig.Options = _rig.Options with { Engine = "libtorch 2.0" };

        Assert.Equal(expected, EngineRig.Outcomes(await _rig.RunAsync(new FakePipeline().Add("a", kind: kind))));
    }

    [Fact]
    public async Task Force_runs_again_and_replaces()
    {
        var value = 1;
        var kind = new FakeKind("changing", call => call.TableAsync(("n", value)));
        var pipeline = new FakePipeline().Add("a", kind: kind).Add("b", "a");
        await _rig.RunAsync(pipeline);
        value = 2;
        _rig.Options = _rig.Options with { Force = new HashSet<string> { "a" } };

        var forced = await _rig.RunAsync(pipeline);
        _rig.Options = _rig.Options with { Force = new HashSet<string>() };
        var after = await _rig.RunAsync(pipeline);

        Assert.Equal("a:ran b:ran", EngineRig.Outcomes(forced));
        Assert.Equal(["forced"], EngineRig.Stage(forced, "a").Why);
        Assert.Equal("a:reused b:reused", EngineRig.Outcomes(after));
        Assert.Equal(2, EngineRig.Number(after, "a"));
    }

    [Fact]
    public async Task Only_runs_a_stage_and_what_it_needs()
    {
        _rig.Options = _rig.Options with { Only = new HashSet<string> { "b" } };

        Assert.Equal("a:ran b:ran", EngineRig.Outcomes(await _rig.RunAsync(Chain())));
    }

    [Fact]
    public async Task Lines_of_a_stage_are_said_again_when_it_is_reused()
    {
        var kind = new FakeKind("talking", call =>
        {
            call.Context.Log.Info("read 3 files");
            call.Context.Log.Warn("one was empty");
            return call.TableAsync(("n", 1));
        });
        await _rig.RunAsync(new FakePipeline().Add("a", kind: kind));

        await _rig.RunAsync(new FakePipeline().Add("a", kind: kind));

        Assert.Equal(
            [new RunEvent.StageLogged("a", false, "read 3 files"), new RunEvent.StageLogged("a", true, "one was empty")],
            _rig.Events.OfType<RunEvent.StageLogged>());
    }

    public void Dispose() => _rig.Dispose();

    private static FakePipeline Chain(string addB = "2") => new FakePipeline().Add("a").Add("b", "a", with: ("add", addB)).Add("c", "b");
}
