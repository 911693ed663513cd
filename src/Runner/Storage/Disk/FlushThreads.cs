using System.Runtime.ExceptionServices;

namespace Pipelines.Runner.Storage;

/// <summary>
/// Threads that do nothing but wait for the disk. Those of the pool are too few for that, and a new one for each file costs more than
/// most files. They wait on a monitor, because the collections of .NET spin before they sleep.
/// </summary>
internal static class FlushThreads
{
    private const int MaxThreads = 16;

    private static readonly object Gate = new();
    private static readonly Queue<Action> Work = [];
    private static int _started;

    /// <summary>Does it with every item, side by side; returns when all are done.</summary>
    public static void ForEach(IReadOnlyList<string> items, Action<string> flush)
    {
        var done = new object();
        var open = items.Count;
        Exception? error = null;
        lock (Gate)
        {
#pragma warning disable RS0030 // They wait for the disk and compute nothing.
            for (; _started < Math.Min(MaxThreads, items.Count - 1); _started++)
                new Thread(Run) { IsBackground = true, Name = "flush" }.Start();
#pragma warning restore RS0030
            foreach (var item in items.Skip(1))
            {
                Work.Enqueue(() => Try(item));
                Monitor.Pulse(Gate);
            }
        }
        Try(items[0]);
        lock (done)
            while (open > 0)
                Monitor.Wait(done);
        if (error is not null)
            ExceptionDispatchInfo.Throw(error);

        void Try(string item)
        {
            Exception? failure = null;
            try
            {
                flush(item);
            }
            catch (Exception caught)
            {
                failure = caught;
            }
            lock (done)
            {
                error ??= failure;
                if (--open == 0)
                    Monitor.Pulse(done);
            }
        }
    }

    private static void Run()
    {
        while (true)
        {
            Action work;
            lock (Gate)
            {
                while (Work.Count == 0)
                    Monitor.Wait(Gate);
                work = Work.Dequeue();
            }
            work();
        }
    }
}
