namespace Pipelines.TestKit.Engine;

/// <summary>
/// A clock whose waits of some lengths end when the test says so, however busy the machine is; the others are those of <see
/// cref="HastyTime"/>.
/// </summary>
public sealed class HeldTime(params IReadOnlyList<TimeSpan> held) : TimeProvider
{
    private readonly HastyTime _hasty = new();
    private readonly List<HeldTimer> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (!held.Contains(dueTime))
            return _hasty.CreateTimer(callback, state, dueTime, period);
        HeldTimer timer = new(callback, state);
        lock (_timers)
            _timers.Add(timer);
        return timer;
    }

    /// <summary>Ends all waits that are held now.</summary>
    public void Release()
    {
        List<HeldTimer> due;
        lock (_timers)
        {
            due = [.. _timers];
            _timers.Clear();
        }
        due.ForEach(timer => timer.End());
    }

    private sealed class HeldTimer(TimerCallback callback, object? state) : ITimer
    {
        private volatile bool _isOver;

        public void End()
        {
            if (!_isOver)
                callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => !_isOver;

        public void Dispose() => _isOver = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
