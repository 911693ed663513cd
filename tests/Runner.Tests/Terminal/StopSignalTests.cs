using Pipelines.Runner.Terminal;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Terminal;

public sealed class StopSignalTests
{
    [Fact]
    public void What_does_not_listen_does_not_hold_the_process_up()
    {
        HeldTime time = new(StopSignal.Grace);
        var isOver = false;
        using StopSignal signal = new(time, () => isOver = true);

        signal.Stop();

        Assert.True(signal.Token.IsCancellationRequested);
        Assert.False(isOver);
        time.Release();
        Assert.True(isOver);
    }

    [Fact]
    public void What_has_ended_is_left_alone()
    {
        HeldTime time = new(StopSignal.Grace);
        using (StopSignal signal = new(time, () => Assert.Fail("left")))
            signal.Stop();
        time.Release();
    }
}
