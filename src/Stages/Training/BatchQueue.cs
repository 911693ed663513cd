using System.Collections.Concurrent;

namespace Pipelines.Stages.Training;

/// <summary>Prepares the next batches on another thread while the present one is computed; the order is that of the rows given.</summary>
internal static class BatchQueue
{
    private const int Ahead = 4;

    public static IEnumerable<TBatch> Prepare<TBatch>(
        IReadOnlyList<int[]> rows, Func<int[], TBatch> pack, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var queue = new BlockingCollection<TBatch>(Ahead);
#pragma warning disable RS0030 // Work of this stage alone, which waits for it.
        var preparing = Task.Run(() => Fill(queue, rows, pack, stop.Token), CancellationToken.None);
#pragma warning restore RS0030
        try
        {
            foreach (var batch in queue.GetConsumingEnumerable(cancellation))
                yield return batch;
            preparing.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            // The queue must not be disposed while the other thread still writes to it.
            ((IAsyncResult)preparing).AsyncWaitHandle.WaitOne();
        }
    }

    private static void Fill<TBatch>(
        BlockingCollection<TBatch> queue, IReadOnlyList<int[]> rows, Func<int[], TBatch> pack, CancellationToken stop)
    {
        try
        {
            foreach (var batch in rows)
                queue.Add(pack(batch), stop);
        }
        finally
        {
            queue.CompleteAdding();
        }
    }
}
