using Pipelines.Runner.Execution;
using Spectre.Console;

namespace Pipelines.Runner.Terminal;

/// <summary>A table on the terminal, one row a stage, redrawn while the run goes on.</summary>
internal sealed class LiveRunView : IRunView
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly List<LiveStage> _stages = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _drawing = Task.CompletedTask;

    public LiveRunView(TextWriter output, TimeProvider time)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
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
                _stages.AddRange(started.StageIds.Select(id => new LiveStage(id)));
                break;
            case RunEvent.StageStarted started:
                Find(started.StageId).Start(string.Join("; ", started.Why), _time);
                break;
            case RunEvent.StageWaiting waiting:
                Find(waiting.StageId).Text = $"waits for {waiting.Holder}";
                break;
            case RunEvent.StageRetried retried:
                Find(retried.StageId).Start(OutcomeText.Of(retried), _time);
                break;
            case RunEvent.StageAdvanced advanced:
                Find(advanced.StageId).Rate?.Advance(advanced.Progress);
                break;
            case RunEvent.StageLogged { IsWarning: true } logged:
                Find(logged.StageId).Warnings++;
                break;
            case RunEvent.StageFinished finished:
                Find(finished.StageId).Finish(finished.Outcome, finished.Note);
                break;
        }
    }

    private LiveStage Find(string id) => _stages.First(stage => stage.Id == id);

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
            foreach (var stage in _stages)
                table.AddRow(new Markup(stage.Mark), new Text(stage.Id), new Text(stage.Time), new Text(stage.Text).Ellipsis());
        return table;
    }
}
