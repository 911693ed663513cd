using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

public sealed class TimeoutTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(30);

    private readonly HeldTime _time = new(Limit, TimeToStop);
    private readonly EngineRig _rig = new();

    public TimeoutTests() => _rig.Time = _time;

    [Fact]
    public async Task A_stage_that_takes_too_long_is_cancelled_and_fails_at_its_timeout()
    {
        var cancelled = false;

        var record = await RunAsync(async call =>
        {
            await using var registration = call.Cancellation.Register(() => cancelled = true);
            _time.Release();
            await Task.Delay(Timeout.Infinite, call.Cancellation);
            return null!;
        });

        Assert.True(cancelled);
        var failed = Failure(record);
        Assert.Equal("it took longer than its timeout of 10s", failed.Message);
        Assert.Equal("test.yaml:10:1", failed.At?.ToString());
        Assert.False(record.Interrupted);
    }

    [Fact]
    public async Task A_stage_that_ends_in_time_is_as_any_other()
    {
        var record = await RunAsync(call => call.TableAsync(("n", 1)));

        Assert.Equal("a:ran", EngineRig.Outcomes(record));
    }

    [Fact]
    public async Task A_stage_that_does_not_listen_is_left_behind()
    {
        HeldTime time = new(Limit);
        _rig.Time = time;
        using var release = new ManualResetEventSlim();
        var talked = new TaskCompletionSource();

        var record = await RunAsync(call =>
        {
            time.Release();
            release.Wait(CancellationToken.None);
            call.Context.Log.Info("too late");
            call.Context.Progress.Report(new(1, 2, "rows"));
            talked.SetResult();
            return call.TableAsync(("n", 1));
        }, retries: 3);
        var events = _rig.Events.Count;
        release.Set();
        await talked.Task;

        Assert.Equal("it took longer than its timeout of 10s, and did not stop when asked to", Failure(record).Message);
        Assert.Contains("did not stop when asked to", await File.ReadAllTextAsync(Failure(record).LogPath), StringComparison.Ordinal);
        Assert.Equal(1, _rig.Calls);
        Assert.Equal(events, _rig.Events.Count);
    }

    [Fact]
    public async Task A_timeout_is_tried_again_and_goes_on_from_what_was_saved()
    {
        var record = await RunAsync(async call =>
        {
            var saved = Path.Combine(call.Context.WorkDirectory, "epoch");
            if (File.Exists(saved))
                return await call.TableAsync(("n", 7));
            await File.WriteAllTextAsync(saved, "7");
            _time.Release();
            await Task.Delay(Timeout.Infinite, call.Cancellation);
            return null!;
        }, retries: 1);

        Assert.Equal("a:ran", EngineRig.Outcomes(record));
        Assert.Equal(7, EngineRig.Number(record, "a"));
        Assert.Single(_rig.Events.OfType<RunEvent.StageRetried>());
    }

    [Fact]
    public async Task What_a_late_stage_gives_does_not_count()
    {
        var record = await RunAsync(async call =>
        {
            _time.Release();
            await Task.Delay(Timeout.Infinite, call.Cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
            return await call.TableAsync(("n", 1));
        });

        Assert.Equal("a:failed", EngineRig.Outcomes(record));
    }

    [Fact]
    public async Task An_interrupt_is_no_timeout()
    {
        using var stop = new CancellationTokenSource();
        _rig.Time = TimeProvider.System;

        var record = await _rig.RunAsync(Pipeline(async call =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, call.Cancellation);
            return null!;
        }), stop.Token);

        Assert.Equal("a:interrupted", EngineRig.Outcomes(record));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stage_that_does_not_heed_an_interrupt_is_left_behind(bool hasTimeout)
    {
        HeldTime time = new(Limit);
        _rig.Time = time;
        using var stop = new CancellationTokenSource();
        using var release = new ManualResetEventSlim();
        var ended = new TaskCompletionSource();
        FakeKind deaf = new("slow", async call =>
        {
            stop.Cancel();
            release.Wait(CancellationToken.None);
            try
            {
                return await call.TableAsync(("n", 1));
            }
            finally
            {
                // Not before: the folder is deleted when the test ends.
                ended.SetResult();
            }
        });

        var record = await _rig.RunAsync(new FakePipeline().Add("a", kind: deaf).Policy(new(0, hasTimeout ? Limit : null)), stop.Token);

        Assert.Equal("a:interrupted", EngineRig.Outcomes(record));
        Assert.True(record.Interrupted);
        Assert.False(ended.Task.IsCompleted);
        release.Set();
        await ended.Task;
        Assert.False(Directory.Exists(Path.Combine(_rig.StoreFolder, "actions")));
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("1.5h", 5400)]
    [InlineData("2 d", 172_800)]
    public void Lengths_of_time_are_read_and_written(string text, int seconds)
    {
        Assert.True(DurationSyntax.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
        Assert.True(DurationSyntax.TryParse(DurationSyntax.Of(duration), out var again));
        Assert.Equal(duration, again);
    }

    [Theory]
    [InlineData("90")]
    [InlineData("s")]
    [InlineData("0s")]
    [InlineData("-1m")]
    [InlineData("1e99h")]
    [InlineData("31d")]
    [InlineData("1h30m")]
    [InlineData("")]
    public void Other_texts_are_no_length_of_time(string text) => Assert.False(DurationSyntax.TryParse(text, out _));

    public void Dispose() => _rig.Dispose();

    private static StageOutcome.Failed Failure(RunRecord record) =>
        Assert.IsType<StageOutcome.Failed>(EngineRig.Stage(record, "a").Outcome);

    private Task<RunRecord> RunAsync(Func<FakeCall, Task<ArtifactSet>> body, int retries = 0) => _rig.RunAsync(Pipeline(body, retries));

    private static FakePipeline Pipeline(Func<FakeCall, Task<ArtifactSet>> body, int retries = 0) =>
        new FakePipeline().Add("a", kind: new("slow", body)).Policy(new(retries, Limit));
}
