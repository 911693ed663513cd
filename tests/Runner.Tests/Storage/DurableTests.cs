using Pipelines.Runner.Storage;
using Pipelines.TestKit;

namespace Pipelines.Tests.Runner.Storage;

public sealed class DurableTests
{
    /// <summary>As on a network disk, of which the system says the same.</summary>
    [Fact]
    public void What_knows_no_flush_is_taken_as_it_is()
    {
        if (OperatingSystem.IsLinux())
            Durable.Flush("/dev/null");
    }

    [Fact]
    public void What_is_not_there_cannot_be_flushed()
    {
        using var workspace = new TempWorkspace();

        Assert.Throws<IOException>(() => Durable.Flush(Path.Combine(workspace.Root, "nothing")));
    }
}
