namespace Pipelines.Runner.Execution;

/// <summary>Gives each executing stage the first free of the places side by side, and measures how long it stays.</summary>
internal sealed class Lanes(TimeProvider time, long begun)
{
    private readonly PriorityQueue<int, int> _free = new();
    private int _count;

    public StageSpan Enter()
    {
        if (!_free.TryDequeue(out var lane, out _))
            lane = _count++;
        return new(time.GetElapsedTime(begun), TimeSpan.Zero, lane);
    }

    public StageSpan Leave(StageSpan span)
    {
        _free.Enqueue(span.Lane, span.Lane);
        return span with { Took = time.GetElapsedTime(begun) - span.Started };
    }
}

/// <summary>When a stage was executed in its run, waiting for another process included.</summary>
/// <param name="Started">Since the run began.</param>
/// <param name="Lane">Which of the places side by side it took, counting from 0.</param>
public sealed record StageSpan(TimeSpan Started, TimeSpan Took, int Lane);
