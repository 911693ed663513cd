using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Execution;

/// <summary>Cancels work that takes longer than it may, and stops waiting for work that does not stop when it is cancelled.</summary>
internal static class Deadline
{
    /// <summary>How long work may take to stop once it is cancelled.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>Starts the work; the second task ends with its result, or in time.</summary>
    /// <exception cref="StageTimeoutException">Out of the second task.</exception>
    /// <exception cref="OperationCanceledException">Out of the second task, also when the work does not heed its cancellation.</exception>
    public static (Task Work, Task<T> InTime) Start<T>(
        Func<CancellationToken, Task<T>> work, TimeSpan? timeout, TimeProvider time, CancellationToken cancellation)
    {
        var watch = new Watch(timeout, time, cancellation);
        // On a thread of its own: work that never yields would keep the watch from beginning.
#pragma warning disable RS0030 // The stage runs already; only its watch is beside it.
        var task = Task.Run(() => work(watch.Stop), CancellationToken.None);
#pragma warning restore RS0030
        return (task, InTimeAsync(task, watch, timeout, time, cancellation));
    }

    private static async Task<T> InTimeAsync<T>(
        Task<T> work, Watch watch, TimeSpan? limit, TimeProvider time, CancellationToken cancellation)
    {
        await Task.WhenAny(work, watch.HasEnded).ConfigureAwait(false);
        var isLate = watch.IsLate;
        if (watch.HasEnded.IsCompleted)
            await Task.WhenAny(work, Task.Delay(Grace, time, CancellationToken.None)).ConfigureAwait(false);
        if (work.IsCompleted)
            watch.Dispose();
        if (!isLate && work.IsCompleted)
            return await work.ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        throw new StageTimeoutException(limit!.Value, work.IsCompleted);
    }

    private sealed class Watch : IDisposable
    {
        private readonly TaskCompletionSource _hasEnded = new();
        private readonly CancellationTokenSource _late;
        private readonly CancellationTokenSource _stop;
        private volatile bool _isLate;

        public Watch(TimeSpan? limit, TimeProvider time, CancellationToken cancellation)
        {
            _late = limit is { } some ? new(some, time) : new();
            _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _late.Token);
            // Registered last, so called first: work that ends because it is late never seems to have ended by itself.
            _stop.Token.UnsafeRegister(_ => _hasEnded.TrySetResult(), null);
            _late.Token.UnsafeRegister(_ => _isLate = true, null);
        }

        /// <summary>The work is to stop: it is late, or the run is cancelled.</summary>
        public Task HasEnded => _hasEnded.Task;

        public bool IsLate => _isLate;

        public CancellationToken Stop => _stop.Token;

        public void Dispose()
        {
            _stop.Dispose();
            _late.Dispose();
        }
    }
}

/// <summary>A stage took longer than its <c>timeout</c>.</summary>
/// <param name="hasStopped">False: it did not heed its cancellation, and still runs.</param>
internal sealed class StageTimeoutException(TimeSpan timeout, bool hasStopped)
    : Exception($"it took longer than its timeout of {DurationSyntax.Of(timeout)}{(hasStopped ? "" : ", and did not stop when asked to")}")
{
    public bool HasStopped => hasStopped;

    public string Help => hasStopped
        ? "raise 'timeout' or give the stage less to do; what it saved so far is kept, and the next run goes on from there"
        : "raise 'timeout' or give the stage less to do; it is left behind and ends with the program";
}
