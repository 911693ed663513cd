using TorchSharp;

namespace Pipelines.Stages.Models;

/// <summary>Runs torch work on a thread of its own: torch keeps dispose scopes and its number of threads per thread.</summary>
internal static class TorchThread
{
    public static Task<T> RunAsync<T>(int threads, Func<T> work) => Task.Factory.StartNew(
        () =>
        {
            torch.set_num_threads(threads);
            using var scope = torch.NewDisposeScope();
            return work();
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <exception cref="Contracts.StageException">The device is not there.</exception>
    public static torch.Device Device(string name)
    {
        if (name == "cuda" && !torch.cuda.is_available())
            throw new Contracts.StageException("There is no CUDA device on this machine.") { Help = "Run with --device cpu." };
        return torch.device(name);
    }
}
