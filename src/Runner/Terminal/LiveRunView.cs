using Pipelines.Runner.Execution;
using Spectre.Console;

namespace Pipelines.Runner.Terminal;

/// <summary>
/// A table on the terminal, one row a stage, redrawn while the run goes on; where there are more than fit, those around the first that is
/// not done.
/// </summary>
internal sealed class LiveRunView : IRunView
{
    // The lines of the command above the table, of the total in it, and of the cursor below it.
    private const int LinesAround = 3;

    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly List<LiveStage> _stages = [];
    private readonly Dictionary<string, LiveStage> _byId = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private Task _drawing = Task.CompletedTask;

    public LiveRunView(Screen screen, TimeProvider time)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(screen.Raw),
            Ansi = AnsiSupport.Yes,
            ColorSystem = screen.HasColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        _time = time;
    }

    public void Report(RunEvent value)
    {
        lock (_lock)
            Apply(value);
        if (value is RunEvent.RunStarted)
            _drawing = DrawAsync();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _drawing.GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private void Apply(RunEvent value)
    {
        switch (value)
        {
            case RunEvent.RunStarted started:
                foreach (var id in started.StageIds)
                    _stages.Add(_byId[id] = new(id) { Usual = started.Usual(id) });
                break;
            case RunEvent.StageStarted started:
                Find(started.StageId).Start(string.Join("; ", started.Why), _time);
                break;
            case RunEvent.StageWaiting waiting:
                Find(waiting.StageId).Text = $"waits for {waiting.Holder}";
                break;
            case RunEvent.StageHosted hosted:
                Find(hosted.StageId).Text = OutcomeFormat.Of(hosted);
                break;
            case RunEvent.StageRetried retried:
                Find(retried.StageId).Start(OutcomeFormat.Of(retried), _time);
                break;
            case RunEvent.StageAdvanced advanced:
                Find(advanced.StageId).Advance(advanced.Progress);
                break;
            case RunEvent.StageLogged { IsWarning: true } logged:
                Find(logged.StageId).Warnings++;
                break;
            case RunEvent.StageFinished finished:
                Find(finished.StageId).Finish(finished.Outcome, finished.Note);
                break;
        }
    }

    private LiveStage Find(string id) => _byId[id];

    private Task DrawAsync() => _console.Live(Draw()).AutoClear(false).Overflow(VerticalOverflow.Ellipsis).StartAsync(async live =>
    {
        while (!_stop.IsCancellationRequested)
        {
            live.UpdateTarget(Draw());
            await Task.Delay(Redraw, _time, _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
        live.UpdateTarget(Draw());
    });

    private Table Draw()
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("").AddColumn("").AddColumn("").AddColumn("");
        table.Columns[2].RightAligned();
        lock (_lock)
        {
            var (from, to) = Window(_stages.Count, _stages.FindIndex(stage => !stage.IsOver), _console.Profile.Height - LinesAround);
            Rest(table, "↑", _stages[..from]);
            foreach (var stage in _stages[from..to])
                table.AddRow(new Markup(stage.Mark), new Text(stage.Id), new Text(stage.Time), new Text(stage.Text).Ellipsis());
            Rest(table, "↓", _stages[to..]);
            if (_stages.Exists(stage => !stage.IsOver))
                table.AddRow(new Text(""), new Text(Total(_stages)), new Text(""), new Text(""));
        }
        return table;
    }

    /// <summary><c>7 of 22 · about 14 s left</c>; no time where that of a stage is not known.</summary>
    internal static string Total(IReadOnlyList<LiveStage> stages)
    {
        var text = $"{Format.Count(stages.Count(stage => stage.IsOver))} of {Format.Count(stages.Count)}";
        var left = stages.Select(stage => stage.Left).ToList();
        return left.Contains(null) ? text
            : $"{text} · about {Format.WholeSeconds(TimeSpan.FromSeconds(left.Sum(time => time!.Value.TotalSeconds)))} left";
    }

    private static void Rest(Table table, string mark, List<LiveStage> stages)
    {
        if (stages.Count > 0)
            table.AddRow(new Text(mark), new Text(Format.Count(stages.Count, "more stage")), new Text(""),
                new Text($"{stages.Count(stage => stage.IsOver)} done"));
    }

    /// <summary>The rows to show, from and up to, when not all fit.</summary>
    /// <param name="active">The first that is not done; -1: all are.</param>
    internal static (int From, int To) Window(int count, int active, int room)
    {
        if (count <= room)
            return (0, count);
        var rows = Math.Clamp(room - 2, 1, count);
        var from = active < 0 ? count - rows : Math.Clamp(active - (rows / 3), 0, count - rows);
        return (from, from + rows);
    }
}
