using TorchSharp;

namespace Pipelines.Stages.Torch;

/// <summary>Runs torch work on a thread of its own: torch keeps dispose scopes and its number of threads per thread.</summary>
internal static class TorchThread
{
    [ThreadStatic]
    private static bool s_isAlone;

    /// <summary>Whether this thread computes without the help of others.</summary>
    public static bool IsAlone => s_isAlone;

    /// <summary>
    /// Some work without the help of other threads: of products that take less than a millisecond, waiting for others is the larger part.
    /// </summary>
    public static T Alone<T>(Func<T> work)
    {
        var threads = torch.get_num_threads();
        torch.set_num_threads(1);
        s_isAlone = true;
        try
        {
            return work();
        }
        finally
        {
            s_isAlone = false;
            torch.set_num_threads(threads);
        }
    }

    /// <exception cref="Contracts.StageException">libtorch does not load.</exception>
#pragma warning disable RS0030 // Torch keeps state per thread, so it needs one of its own.
    public static Task<T> RunAsync<T>(int threads, Func<T> work) => Task.Factory.StartNew(
#pragma warning restore RS0030
        () =>
        {
            Load(threads);
            using var scope = torch.NewDisposeScope();
            return work();
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // The first call loads the native libraries.
    private static void Load(int threads)
    {
        try
        {
            torch.set_num_threads(threads);
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException or BadImageFormatException)
        {
            var why = (error.InnerException ?? error).Message.Split('\n')[0].TrimEnd();
            throw new Contracts.StageException(
                $"libtorch cannot be loaded: {why}")
            { Help = "delete .build and run ./setup; ./runner doctor says what is there" };
        }
    }

    /// <exception cref="Contracts.StageException">The device is not there.</exception>
    public static torch.Device Device(string name)
    {
        if (name == "cuda" && !torch.cuda.is_available())
            throw new Contracts.StageException("There is no CUDA device on this machine.") { Help = "Run with --device cpu." };
        return torch.device(name);
    }
}
