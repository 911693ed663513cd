using System.ComponentModel;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

public sealed class FailureTests : IDisposable
{
    private readonly EngineRig _rig = new();

    [Fact]
    public async Task A_mistake_of_the_user_points_at_the_parameter()
    {
        var failed = await FailAsync(
            _ => throw new StageException("there is no label 'x'") { Help = "labels: a, b", Parameter = "label" }, ("label", "x"));

        Assert.Equal(("there is no label 'x'", "labels: a, b"), (failed.Message, failed.Help));
        Assert.Equal("test.yaml:4:5", failed.At?.ToString());
    }

    [Fact]
    public async Task A_parameter_inside_another_is_pointed_at_by_what_is_around_it()
    {
        var failed = await FailAsync(_ => throw new StageException("too many units") { Parameter = "layers.2.units" }, ("layers", "x"));

        Assert.Equal("test.yaml:4:5", failed.At?.ToString());
    }

    [Fact]
    public async Task An_error_of_the_program_keeps_its_stack_in_the_log()
    {
        var failed = await FailAsync(_ => throw new InvalidOperationException("boom"));

        Assert.Equal("internal error in stage kind failing: boom", failed.Message);
        Assert.DoesNotContain("   at ", failed.Message + failed.Help, StringComparison.Ordinal);
        Assert.Contains("   at ", File.ReadAllText(failed.LogPath), StringComparison.Ordinal);
    }

    public static TheoryData<Exception> OutOfMemory => new()
    {
        new InsufficientMemoryException(),
        new Win32Exception(12, "[enforce fail at alloc_cpu.cpp:127] DefaultCPUAllocator: can't allocate memory: you tried to …"),
        new Win32Exception(12, "CUDA out of memory. Tried to allocate 2.00 GiB"),
    };

    [Theory]
    [MemberData(nameof(OutOfMemory))]
    public async Task Too_little_memory_is_said_plainly(Exception error)
    {
        var failed = await FailAsync(_ => throw error);

        Assert.Equal("there is not enough memory for this stage", failed.Message);
    }

    [Fact]
    public async Task A_timeout_inside_a_stage_is_no_interruption()
    {
        var failed = await FailAsync(_ => throw new TaskCanceledException("no answer"));

        Assert.Equal("internal error in stage kind failing: no answer", failed.Message);
    }

    [Fact]
    public async Task A_full_disk_is_said_plainly()
    {
        var failed = await FailAsync(_ => throw new IOException("No space left on device : '/x'", 28));

        Assert.StartsWith("the disk is full: the stage has written ", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_that_is_not_there_fails_before_the_stage_runs()
    {
        var reading = new FakeKind(
            "reading", _ => throw new InvalidOperationException("must not run"), Reads: ["n", "tokens", "labels", "weight?"]);

        var record = await _rig.RunAsync(new FakePipeline().Add("a").Add("b", "a", reading));

        var failed = (StageOutcome.Failed)EngineRig.Stage(record, "b").Outcome;
        Assert.Equal("the input 'rows' has no columns 'tokens' and 'labels': 'a.rows' gives extra and n", failed.Message);
        Assert.Equal("test.yaml:13:3", failed.At?.ToString());
    }

    [Fact]
    public async Task A_column_named_by_a_parameter_is_the_one_that_is_read()
    {
        var reading = new FakeKind(
            "reading", call => call.TableAsync(("n", FakeArtifactWriter.Read(call.Tables[0], "extra")[0])), Reads: ["{column}"]);

        var record = await _rig.RunAsync(new FakePipeline().Add("a", with: ("extra", "42")).Add("b", "a", reading, ("column", "extra")));

        Assert.Equal(42, EngineRig.Number(record, "b"));
    }

    [Fact]
    public async Task An_undeclared_column_cannot_be_read()
    {
        var sneaking = new FakeKind(
            "sneaking", call => call.TableAsync(("n", FakeArtifactWriter.Read(call.Tables[0], "extra")[0])), Reads: ["n"]);

        var record = await _rig.RunAsync(new FakePipeline().Add("a").Add("b", "a", sneaking));

        Assert.IsType<StageOutcome.Failed>(EngineRig.Stage(record, "b").Outcome);
    }

    [Fact]
    public async Task What_is_not_in_the_fingerprint_does_not_reach_the_stage()
    {
        (ulong Seed, string Device) seen = default;
        _rig.Options = _rig.Options with { Device = "cuda" };

        await _rig.RunAsync(new FakePipeline(seed: 9).Add("a", kind: new("looking", call =>
        {
            seen = (call.Context.Seed, call.Context.Device);
            return call.TableAsync(("n", 1));
        })));

        Assert.Equal((0UL, "cpu"), seen);
    }

    public void Dispose() => _rig.Dispose();

    private async Task<StageOutcome.Failed> FailAsync(Func<FakeCall, Task<ArtifactSet>> body, params (string, string)[] with)
    {
        var record = await _rig.RunAsync(new FakePipeline().Add("a", kind: new("failing", body), with: with));
        return Assert.IsType<StageOutcome.Failed>(EngineRig.Stage(record, "a").Outcome);
    }
}
