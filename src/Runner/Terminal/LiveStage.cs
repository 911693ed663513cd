using System.Diagnostics;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

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

    public string Time => _took is { } took ? Format.Duration(took) : Rate is { } rate ? Format.Duration(rate.Elapsed) : "";

    public string Text
    {
        get => (Rate?.Text() is { Length: > 0 } progress ? progress : _text)
            + (Warnings == 0 ? "" : $" · {Format.Count(Warnings, "warning")}");
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
            StageOutcome.Stale => ("[yellow]≈[/]", OutcomeFormat.Of(outcome, note), default(TimeSpan?)),
            StageOutcome.Failed failed => ("[red]✗[/]", Format.OneLine(failed.Message), Rate?.Elapsed),
            StageOutcome.Interrupted => ("[yellow]■[/]", "interrupted", Rate?.Elapsed),
            StageOutcome.Skipped => ("[grey]–[/]", OutcomeFormat.Of(outcome, note), default(TimeSpan?)),
            _ => throw new UnreachableException(),
        };
        (Rate, IsOver) = (null, true);
    }
}

/// <summary>Rate and time left of one stage, from when its progress came in.</summary>
internal sealed class ProgressRate(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private StageProgress? _last;

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    public void Advance(StageProgress progress) => _last = progress;

    /// <summary>The share done, or null when the total is not known.</summary>
    public double? Share => _last is { Total: > 0 and var total } last ? Math.Min(1, last.Done / (double)total) : null;

    /// <summary><c>1,200/5,000 rows · 2,500 rows/s · loss 0.41 · 12 s left</c></summary>
    public string Text()
    {
        if (_last is not { } last)
            return "";
        var done = last.Total is { } total ? $"{Format.Count(last.Done)}/{Format.Count(total)}" : Format.Count(last.Done);
        List<string> parts = [$"{done} {last.Unit}"];
        var seconds = Elapsed.TotalSeconds;
        if (seconds > 1 && last.Done > 0)
            parts.Add($"{Format.Count((long)(last.Done / seconds))} {last.Unit}/s");
        foreach (var (name, value) in last.Values ?? new Dictionary<string, double>())
            parts.Add($"{name.Replace('_', ' ')} {Format.Number(value)}");
        if (Share is { } share && share is > 0.01 and < 1 && seconds > 2)
            parts.Add($"{Format.Duration(TimeSpan.FromSeconds(seconds / share - seconds))} left");
        return string.Join(" · ", parts);
    }
}
