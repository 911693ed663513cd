using Pipelines.Stages.Torch;
using TorchSharp;

namespace Pipelines.Tests.Stages.Torch;

public sealed class TorchThreadTests
{
    [Fact]
    public async Task A_thread_keeps_its_number_of_threads_whatever_others_set()
    {
        var threads = await TorchThread.RunAsync(2, () =>
        {
            var other = TorchThread.RunAsync(1, torch.get_num_threads).GetAwaiter().GetResult();
            using var sum = torch.ones(10).sum();
            return (Own: torch.get_num_threads(), Other: other);
        });

        Assert.Equal((2, 1), threads);
    }
}
