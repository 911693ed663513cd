using System.Runtime.InteropServices;

namespace Pipelines.Runner.Terminal;

/// <summary>
/// Turns the first interrupt or termination signal into a cancellation; the next one has its usual effect. What does not listen (code of a
/// plugin while it is loaded, a template, a disk that hangs) does not hold the process up for ever.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    /// <summary>A stage that is deaf for 30 s is left behind; its run then writes down how far it came.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(35);

    private readonly TimeProvider _time;
    private readonly Action _leave;
    private ITimer? _end;

    private const int Interrupted = 130;

    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public StopSignal()
        : this(TimeProvider.System, Leave)
    {
    }

    /// <param name="leave">Ends the process.</param>
    internal StopSignal(TimeProvider time, Action leave)
    {
        (_time, _leave) = (time, leave);
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
            _registrations.Add(PosixSignalRegistration.Create(signal, Received));
    }

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _end?.Dispose();
        _stop.Dispose();
    }

    /// <summary>As a signal does.</summary>
    internal void Stop()
    {
        _end = _time.CreateTimer(_ => _leave(), null, Grace, Timeout.InfiniteTimeSpan);
        _stop.Cancel();
    }

    private void Received(PosixSignalContext context)
    {
        if (_stop.IsCancellationRequested)
            return;
        context.Cancel = true;
        Stop();
    }

#pragma warning disable RS0030 // Nobody is left who could return a code or write to a screen.
    private static void Leave()
    {
        Console.Error.WriteLine($"interrupted: what was going on has not ended within {Grace.TotalSeconds:0} s, and is left as it is");
        Environment.Exit(Interrupted);
    }
#pragma warning restore RS0030
}
