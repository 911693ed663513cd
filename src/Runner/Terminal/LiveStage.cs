using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Terminal;

/// <summary>One row of the live table.</summary>
internal sealed class LiveStage(string id)
{
    private string _text = "";
    private TimeSpan? _took;

    public string Id => id;

    /// <summary>State as a coloured sign; the sign alone tells it too.</summary>
    public string Mark { get; private set; } = "[grey]·[/]";

    public ProgressRate? Rate { get; private set; }

    public int Warnings { get; set; }

    public bool IsOver { get; private set; }

    public string Time => _took is { } took ? Shown.Duration(took) : Rate is { } rate ? Shown.Duration(rate.Elapsed) : "";

    public string Text
    {
        get => (Rate?.Text() is { Length: > 0 } progress ? progress : _text) + (Warnings == 0 ? "" : $" · {Shown.Count(Warnings, "warning")}");
        set => _text = value;
    }

    public void Start(string why, TimeProvider time)
    {
        Mark = "[blue]▶[/]";
        Rate = new(time);
        Text = why;
    }

    public void Finish(StageOutcome outcome, string? note)
    {
        (Mark, _text, _took) = outcome switch
        {
            StageOutcome.Ran ran => ("[green]✓[/]", note ?? "", ran.Took),
            StageOutcome.Reused => ("[grey]↺[/]", note ?? "", default(TimeSpan?)),
            StageOutcome.Stale => ("[yellow]≈[/]", OutcomeText.Of(outcome, note), default(TimeSpan?)),
            StageOutcome.Failed failed => ("[red]✗[/]", Shown.OneLine(failed.Message), Rate?.Elapsed),
            StageOutcome.Interrupted => ("[yellow]■[/]", "interrupted", Rate?.Elapsed),
            _ => ("[grey]–[/]", OutcomeText.Of(outcome, note), default(TimeSpan?)),
        };
        (Rate, IsOver) = (null, true);
    }
}
