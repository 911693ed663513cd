namespace Pipelines.Runner.Execution;

/// <summary>Hands events on one at a time, so that observers need no locks of their own.</summary>
internal sealed class SerialEvents(IProgress<RunEvent> observer) : IProgress<RunEvent>
{
    private readonly Lock _gate = new();

    public void Report(RunEvent value)
    {
        lock (_gate)
            observer.Report(value);
    }
}
