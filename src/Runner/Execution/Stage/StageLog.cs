using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>What a running stage says: to the observers, into the run's log file, and into the action record.</summary>
internal sealed class StageLog(PlannedStage stage, string path, IProgress<RunEvent> events) : IStageLog, IDisposable
{
    private const string WarningMark = "warning: ";

    // The file keeps every line; a stage that logs each row must not swell the action record.
    private const int MaxLinesKept = 1000;

    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private StreamWriter? _file;
    private bool _isClosed, _isLost;

    public string Path => path;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    public void Info(string line) => Add(line, isWarning: false);

    public void Warn(string line) => Add(line, isWarning: true);

    /// <summary>
    /// Begins another attempt: this line goes into the file alone, and the lines of the failed attempt are no part of the result.
    /// </summary>
    public void BeginAgain(string line)
    {
        lock (_gate)
        {
            _lines.Clear();
            Write(line);
        }
    }

    /// <summary>The reason of a failure, only into the file.</summary>
    public void Append(Exception error)
    {
        lock (_gate)
            Write(error.ToString());
    }

    /// <summary>Says again what was said when the result was made.</summary>
    public static void Replay(PlannedStage stage, IReadOnlyList<string> lines, IProgress<RunEvent> events)
    {
        foreach (var line in lines.Select(line => SourceNames.In(stage, line)))
        {
            var isWarning = line.StartsWith(WarningMark, StringComparison.Ordinal);
            events.Report(new RunEvent.StageLogged(stage.Id, isWarning, isWarning ? line[WarningMark.Length..] : line));
        }
    }

    /// <summary>A stage that was left behind may log on; its lines are dropped.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            Close();
        }
    }

    private void Add(string line, bool isWarning)
    {
        // The file and the observers belong to this run; lines that are kept keep their references, because they may be replayed where
        // other stages feed this one.
        var shown = SourceNames.In(stage, line);
        var mark = isWarning ? WarningMark : "";
        lock (_gate)
        {
            if (_isClosed)
                return;
            if (_lines.Count < MaxLinesKept)
                _lines.Add(mark + line);
            Write(mark + shown);
        }
        events.Report(new RunEvent.StageLogged(stage.Id, isWarning, shown));
    }

    // A full disk must not end a stage that would have got by with the room it has: the observers still hear every line.
    private void Write(string line)
    {
        if (_isLost)
            return;
        try
        {
            Open().WriteLine(line);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _isLost = true;
            events.Report(new RunEvent.StageLogged(stage.Id, IsWarning: true, $"its log ends here: {error.Message}"));
        }
    }

    private void Close()
    {
        try
        {
            _file?.Dispose();
        }
        catch (IOException)
        {
            // Only the line that was already reported as lost is still in the buffer.
        }
    }

    private StreamWriter Open()
    {
        if (_file is null)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            _file = new(path, append: true) { AutoFlush = true };
        }
        return _file;
    }
}
