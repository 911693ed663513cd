using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Terminal;

/// <summary>
/// The events of a run as JSON lines in a file beside its logs, so that another process can watch it. It begins with the first stage that
/// is executed: a run with nothing to do writes none. While the run goes on the file is locked; the kernel unlocks it when the process
/// dies.
/// </summary>
/// <param name="view">Who else is told.</param>
/// <param name="pathOf">Where the journal of a run is.</param>
internal sealed class RunJournal(IRunView view, Func<string, string> pathOf, TimeProvider time) : IRunView
{
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(500);

    private readonly long _begun = time.GetTimestamp();
    private readonly List<RunEvent> _before = [];
    private readonly Dictionary<string, TimeSpan> _advanced = new(StringComparer.Ordinal);
    private StreamWriter? _file;
    private JsonRunView? _lines;

    /// <summary>Why the journal ends before the run, in words; null: it does not.</summary>
    public string? Lost { get; private set; }

    public void Report(RunEvent value)
    {
        view.Report(value);
        if (Lost is not null || !IsTold(value))
            return;
        try
        {
            Write(value);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // As with a stage's log: a full disk must not end a run that would have got by with the room it has.
            Lost = $"nobody can watch this run any further: {error.Message}";
        }
    }

    public void Dispose()
    {
        view.Dispose();
        _lines?.Dispose();
        _file?.Dispose();
    }

    // Progress comes with every batch, and what is logged stands in the log.
    private bool IsTold(RunEvent value)
    {
        if (value is not RunEvent.StageAdvanced advanced)
            return value is not RunEvent.StageLogged { IsWarning: false };
        if (advanced.Progress.Measured is not null)
            return true;
        var now = time.GetElapsedTime(_begun);
        if (_advanced.TryGetValue(advanced.StageId, out var before) && now - before < MinPause)
            return false;
        _advanced[advanced.StageId] = now;
        return true;
    }

    private void Write(RunEvent value)
    {
        if (_lines is null)
        {
            _before.Add(value);
            if (value is not RunEvent.StageStarted)
                return;
            Open(_before.OfType<RunEvent.RunStarted>().Last().Run);
            _before.ForEach(_lines!.Report);
            _before.Clear();
        }
        else
            _lines.Report(value);
    }

    private void Open(string run)
    {
        var path = pathOf(run);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read));
        _lines = new(_file, () => time.GetElapsedTime(_begun));
    }
}
