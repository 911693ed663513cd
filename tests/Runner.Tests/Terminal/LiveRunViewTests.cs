using Pipelines.Runner.Terminal;

namespace Pipelines.Tests.Runner.Terminal;

public sealed class LiveRunViewTests
{
    [Theory]
    [InlineData(5, 0, 10, 0, 5)]
    [InlineData(100, 0, 10, 0, 8)]
    [InlineData(100, 50, 10, 48, 56)]
    [InlineData(100, 99, 10, 92, 100)]
    [InlineData(100, -1, 10, 92, 100)]
    [InlineData(100, 50, 0, 50, 51)]
    public void The_rows_around_the_first_open_stage_are_shown(int count, int active, int room, int from, int to) =>
        Assert.Equal((from, to), LiveRunView.Window(count, active, room));
}
