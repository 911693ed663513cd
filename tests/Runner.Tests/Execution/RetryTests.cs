using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

public sealed class RetryTests : IDisposable
{
    private readonly EngineRig _rig = new() { Time = new HastyTime() };

    public static TheoryData<Exception, bool> Failures => new()
    {
        { new IOException("the network share is gone"), true },
        { new StageException("the server said 503") { MayPass = true }, true },
        { new StageException("there is no label 'x'"), false },
        { new InvalidOperationException("boom"), false },
        { new FileNotFoundException("no such file"), false },
        { new DirectoryNotFoundException("no such folder"), false },
        { new EndOfStreamException("cut off"), false },
        { new IOException("No space left on device", 28), false },
        { new IOException("Disk quota exceeded", 122), false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Only_a_failure_that_may_pass_is_tried_again(Exception error, bool again)
    {
        var record = await RunAsync(2, (_, _) => throw error);

        Assert.Equal("a:failed", EngineRig.Outcomes(record));
        Assert.Equal(again ? 3 : 1, _rig.Calls);
        Assert.Equal(again ? 3 : 1, EngineRig.Stage(record, "a").Attempts);
        Assert.Equal(again, Failure(record).Message.EndsWith("(attempt 3)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_retries_a_failure_is_one()
    {
        await RunAsync(0, (_, _) => throw new IOException("gone"));

        Assert.Equal(1, _rig.Calls);
        Assert.DoesNotContain(_rig.Events, @event => @event is RunEvent.StageRetried);
    }

    [Fact]
    public async Task An_attempt_that_goes_well_ends_it_and_only_its_words_are_kept()
    {
        var record = await RunAsync(5, FailsTwice);

        Assert.Equal("a:ran", EngineRig.Outcomes(record));
        Assert.Equal(3, EngineRig.Stage(record, "a").Attempts);
        Assert.Equal([(1, 6, "gone", 1.0), (2, 6, "gone", 2.0)], _rig.Events.OfType<RunEvent.StageRetried>()
            .Select(retried => (retried.Attempt, retried.MaxAttempts, retried.Reason, retried.Pause.TotalSeconds)));
        var again = await RunAsync(5, FailsTwice);
        Assert.Equal("a:reused", EngineRig.Outcomes(again));
        Assert.Equal(["at last"], _rig.Events.OfType<RunEvent.StageLogged>().Select(logged => logged.Line));
    }

    [Fact]
    public async Task Every_attempt_is_in_the_log()
    {
        var record = await RunAsync(1, (_, _) => throw new IOException("gone"));

        var log = await File.ReadAllTextAsync(Failure(record).LogPath);
        Assert.Contains("attempt 1 of 2 failed: ", log, StringComparison.Ordinal);
        Assert.Equal(2, log.Split("System.IO.IOException: gone").Length - 1);
    }

    [Fact]
    public async Task An_interrupt_while_waiting_ends_it()
    {
        using var stop = new CancellationTokenSource();
        _rig.Time = TimeProvider.System;
        _rig.OnEvent = @event =>
        {
            if (@event is RunEvent.StageRetried)
                stop.Cancel();
        };

        var record = await _rig.RunAsync(Pipeline(10, (_, _) => throw new IOException("gone")), stop.Token);

        Assert.Equal("a:interrupted", EngineRig.Outcomes(record));
        Assert.True(record.Interrupted);
        Assert.Equal(1, _rig.Calls);
    }

    [Fact]
    public async Task An_interrupted_stage_is_not_tried_again()
    {
        using var stop = new CancellationTokenSource();

        var record = await _rig.RunAsync(Pipeline(10, async (call, _) =>
        {
            await stop.CancelAsync();
            call.Cancellation.ThrowIfCancellationRequested();
            return null!;
        }), stop.Token);

        Assert.Equal("a:interrupted", EngineRig.Outcomes(record));
        Assert.Equal(1, _rig.Calls);
    }

    [Fact]
    public async Task How_often_a_stage_is_tried_changes_no_fingerprint()
    {
        await _rig.RunAsync(new FakePipeline().Add("a"));

        var record = await _rig.RunAsync(new FakePipeline().Add("a").Policy(new(Retries: 3, Timeout: TimeSpan.FromHours(1))));

        Assert.Equal("a:reused", EngineRig.Outcomes(record));
    }

    public void Dispose() => _rig.Dispose();

    private static Task<ArtifactSet> FailsTwice(FakeCall call, int attempt)
    {
        call.Context.Log.Info(attempt < 3 ? "trying" : "at last");
        return attempt < 3 ? throw new IOException("gone") : call.TableAsync(("n", attempt));
    }

    private static StageOutcome.Failed Failure(RunRecord record) => (StageOutcome.Failed)EngineRig.Stage(record, "a").Outcome;

    private Task<RunRecord> RunAsync(int retries, Func<FakeCall, int, Task<ArtifactSet>> body) => _rig.RunAsync(Pipeline(retries, body));

    private static FakePipeline Pipeline(int retries, Func<FakeCall, int, Task<ArtifactSet>> body)
    {
        var attempts = 0;
        return new FakePipeline().Add("a", kind: new("trying", call => body(call, ++attempts))).Policy(new(Retries: retries));
    }
}
