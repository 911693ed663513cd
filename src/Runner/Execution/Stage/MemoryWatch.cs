namespace Pipelines.Runner.Execution;

/// <summary>Measures the memory of the process while a stage runs: ten times a second, and by the system's own high-water mark where
/// the stage raised it.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly bool _withCommands;
    private readonly long _before;
    private readonly long _markBefore;
    private readonly ITimer _timer;
    private long _peak;

    /// <param name="withCommands">Whether processes that this one started count.</param>
    public MemoryWatch(TimeProvider time, bool withCommands)
    {
        _withCommands = withCommands;
        (_before, _markBefore) = (ProcessMemory.Resident() ?? 0, ProcessMemory.HighestResident() ?? 0);
        _peak = _before;
        _timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>Null where the system does not tell.</summary>
    public MemoryUse? Use()
    {
        Look();
        var mark = ProcessMemory.HighestResident() ?? 0;
        var peak = Math.Max(Interlocked.Read(ref _peak), mark > _markBefore ? mark : 0);
        return _before > 0 ? new(peak, _before) : null;
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var now = (ProcessMemory.Resident() ?? 0) + (_withCommands ? ProcessMemory.OfDescendants() : 0);
        for (var peak = Interlocked.Read(ref _peak); now > peak; peak = Interlocked.Read(ref _peak))
            Interlocked.CompareExchange(ref _peak, now, peak);
    }
}
