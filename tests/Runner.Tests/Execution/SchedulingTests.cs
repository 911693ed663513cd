using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

public sealed class SchedulingTests : IDisposable
{
    private readonly EngineRig _rig = new();

    [Fact]
    public async Task Independent_stages_run_side_by_side()
    {
        // Each waits for the other: only if both run at once does either end.
        using var both = new Barrier(2);
        var kind = new FakeKind("meeting", call => Task.Run(() =>
        {
            Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30), call.Cancellation));
            return call.TableAsync(("n", 1));
        }));

        var record = await _rig.RunAsync(
            new FakePipeline().Add("a", kind: kind, with: ("add", "1")).Add("b", kind: kind, with: ("add", "2")));

        Assert.Equal("a:ran b:ran", EngineRig.Outcomes(record));
        Assert.Equal([0, 1], record.Stages.Select(stage => stage.Span!.Lane).Order());
    }

    [Fact]
    public async Task What_is_executed_has_a_span_and_what_is_reused_has_none()
    {
        var pipeline = new FakePipeline().Add("a").Add("b", "a", with: ("add", "5"));
        _rig.Options = _rig.Options with { Jobs = 8 };

        var first = await _rig.RunAsync(pipeline);
        var again = await _rig.RunAsync(pipeline);

        var (a, b) = (first.Stages[0].Span!, first.Stages[1].Span!);
        Assert.Equal((0, 0), (a.Lane, b.Lane));
        Assert.True(a.Started >= TimeSpan.Zero && a.Started + a.Took <= b.Started && b.Started + b.Took <= first.Took);
        Assert.All(again.Stages, stage => Assert.Null(stage.Span));
    }

    [Theory]
    [InlineData(Uses.Torch, 8, 1)]
    [InlineData(Uses.Nothing, 1, 1)]
    [InlineData(Uses.Nothing, 3, 3)]
    public async Task No_more_stages_run_at_once_than_there_is_room_for(Uses uses, int jobs, int most)
    {
        int now = 0, peak = 0;
        var kind = new FakeKind("counting", async call =>
        {
            var seen = Interlocked.Increment(ref now);
            InterlockedMax(ref peak, seen);
            await Task.Delay(20, call.Cancellation);
            Interlocked.Decrement(ref now);
            return await call.TableAsync(("n", call.Int("add", 0)));
        }, Uses: uses);
        var pipeline = new FakePipeline();
        for (var i = 0; i < 6; i++)
            pipeline.Add($"s{i}", kind: kind, with: ("add", $"{i}"));
        _rig.Options = _rig.Options with { Jobs = jobs };

        await _rig.RunAsync(pipeline);

        Assert.InRange(peak, 1, most);
    }

    [Fact]
    public async Task Equal_stages_of_one_run_execute_once()
    {
        var record = await _rig.RunAsync(
            new FakePipeline().Add("a").Add("b1", "a", with: ("add", "5")).Add("b2", "a", with: ("add", "5")).Add("c", "b1 b2"));

        Assert.Equal("a:ran b1:ran b2:reused c:ran", EngineRig.Outcomes(record));
        Assert.Equal(3, _rig.Calls);
        Assert.Equal(["same work as b1"], EngineRig.Stage(record, "b2").Why);
    }

    [Fact]
    public async Task A_failure_skips_what_depends_on_it_and_starts_nothing_new()
    {
        _rig.Options = _rig.Options with { Jobs = 1 };

        var record = await _rig.RunAsync(WithFailure());

        Assert.Equal("bad:failed after:skipped later:skipped other:skipped", EngineRig.Outcomes(record));
        Assert.Equal("bad", ((StageOutcome.Skipped)EngineRig.Stage(record, "later").Outcome).BecauseOf);
        Assert.Null(((StageOutcome.Skipped)EngineRig.Stage(record, "other").Outcome).BecauseOf);
    }

    [Fact]
    public async Task Keep_going_runs_what_does_not_depend_on_the_failure()
    {
        _rig.Options = _rig.Options with { Jobs = 1, KeepGoing = true };

        Assert.Equal("bad:failed after:skipped later:skipped other:ran", EngineRig.Outcomes(await _rig.RunAsync(WithFailure())));
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        await _rig.RunAsync(WithFailure());

        var again = await _rig.RunAsync(WithFailure());

        Assert.IsType<StageOutcome.Failed>(EngineRig.Stage(again, "bad").Outcome);
        Assert.Equal(["never ran"], EngineRig.Stage(again, "bad").Why);
    }

    [Fact]
    public async Task What_is_in_the_store_is_reused_even_after_a_failure()
    {
        await _rig.RunAsync(new FakePipeline().Add("other", with: ("add", "9")));
        _rig.Options = _rig.Options with { Jobs = 1 };

        Assert.Equal("bad:failed after:skipped later:skipped other:reused", EngineRig.Outcomes(await _rig.RunAsync(WithFailure())));
    }

    [Fact]
    public async Task Cancelling_interrupts_what_runs_and_skips_the_rest()
    {
        using var cancellation = new CancellationTokenSource();
        var kind = new FakeKind("long", async call =>
        {
            await File.WriteAllTextAsync(Path.Combine(call.Context.WorkDirectory, "checkpoint"), "epoch 3");
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.Infinite, call.Cancellation);
            return await call.TableAsync(("n", 1));
        });

        var record = await _rig.RunAsync(new FakePipeline().Add("a", kind: kind).Add("b", "a"), cancellation.Token);

        Assert.Equal("a:interrupted b:skipped", EngineRig.Outcomes(record));
        Assert.True(record.Interrupted);
    }

    [Fact]
    public async Task An_interrupted_stage_finds_its_work_folder_again()
    {
        using var cancellation = new CancellationTokenSource();
        var found = new List<bool>();
        var kind = new FakeKind("long", async call =>
        {
            var checkpoint = Path.Combine(call.Context.WorkDirectory, "checkpoint");
            found.Add(File.Exists(checkpoint));
            await File.WriteAllTextAsync(checkpoint, "epoch 3");
            await cancellation.CancelAsync();
            call.Cancellation.ThrowIfCancellationRequested();
            return await call.TableAsync(("n", 1));
        });
        await _rig.RunAsync(new FakePipeline().Add("a", kind: kind), cancellation.Token);

        await _rig.RunAsync(new FakePipeline().Add("a", kind: kind));

        Assert.Equal([false, true], found);
        Assert.DoesNotContain(_rig.Workspace.Files(), file => file.Contains("checkpoint", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ten_thousand_stages_in_a_chain_and_in_a_fan_are_no_problem()
    {
        var pipeline = new FakePipeline().Add("s0", with: ("file", "no such file"));
        for (var i = 1; i < 10_000; i++)
            pipeline.Add($"s{i}", i % 2 == 0 ? "s0" : $"s{i - 1}");

        var record = await _rig.RunAsync(pipeline);

        Assert.Equal(9_999, record.Stages.Count(stage => stage.Outcome is StageOutcome.Skipped { BecauseOf: "s0" }));
    }

    public void Dispose() => _rig.Dispose();

    private static FakePipeline WithFailure() => new FakePipeline()
        .Add("bad", kind: new("failing", _ => throw new StageException("the label 'x' is not known"))).Add("after", "bad")
        .Add("later", "after")
        .Add("other", with: ("add", "9"));

    private static void InterlockedMax(ref int peak, int seen)
    {
        for (var known = peak; seen > known; known = peak)
            Interlocked.CompareExchange(ref peak, seen, known);
    }
}
