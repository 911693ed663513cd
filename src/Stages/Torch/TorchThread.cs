using System.Collections.Concurrent;
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

    /// <summary>
    /// Some work on each, several side by side, each without the help of other threads: small products keep all processors busy this way,
    /// and what comes out does not depend on how many there are.
    /// </summary>
    public static void AloneEach<T>(IEnumerable<T> items, int threads, Action<T> work)
    {
        ConcurrentQueue<T> waiting = new(items);
        Task[] workers = [.. Enumerable.Range(0, Math.Clamp(waiting.Count, 1, threads)).Select(_ => RunAsync(1, () => Alone(() =>
        {
            while (waiting.TryDequeue(out var item))
                try
                {
                    work(item);
                }
                catch
                {
                    // The others need not go on either.
                    waiting.Clear();
                    throw;
                }
            return true;
        })))];
        Task.WhenAll(workers).GetAwaiter().GetResult();
    }

    /// <exception cref="Contracts.StageException">libtorch does not load.</exception>
#pragma warning disable RS0030 // Torch keeps state per thread, so it needs one of its own.
    public static Task<T> RunAsync<T>(int threads, Func<T> work) => Task.Factory.StartNew(
#pragma warning restore RS0030
        () =>
        {
            Load(threads);
            try
            {
                using var scope = torch.NewDisposeScope();
                return work();
            }
            finally
            {
                FreedMemory.GiveBack();
            }
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // The first call loads the native libraries. Asked first, since a thread that is new to torch takes over the number that was set last,
    // by whatever thread, as soon as it computes: after ours was set, another number would give other bits.
    private static void Load(int threads)
    {
        try
        {
            _ = torch.get_num_threads();
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
