using System.Diagnostics;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Terminal;

/// <summary>One row of the live table.</summary>
internal sealed class LiveStage(string id)
{
    private string _text = "";
    private string? _note;
    private TimeSpan? _took;

    public string Id => id;

    /// <summary>State as a coloured sign; the sign alone tells it too.</summary>
    public string Mark { get; private set; } = "[grey]·[/]";

    public ProgressRate? Rate { get; private set; }

    /// <summary>What it took before; null where that is not known.</summary>
    public TimeSpan? Usual { get; init; }

    /// <summary>How long it may still take; null where nothing says so.</summary>
    public TimeSpan? Left => IsOver ? TimeSpan.Zero
        : Rate?.Left is { } left ? left
        : Usual is { } usual ? TimeSpan.FromTicks(Math.Max(0, (usual - (Rate?.Elapsed ?? TimeSpan.Zero)).Ticks))
        : null;

    public int Warnings { get; set; }

    public bool IsOver { get; private set; }

    public string Time => _took is { } took ? Format.Duration(took) : Rate is { } rate ? Format.Duration(rate.Elapsed) : "";

    public string Text
    {
        get => Format.OneLine((Rate?.Text() is { Length: > 0 } progress ? progress : _text)
            + (_note is null || IsOver ? "" : $" · {_note}")
            + (Warnings == 0 ? "" : $" · {Format.Count(Warnings, "warning")}"));
        set => _text = value;
    }

    public void Advance(StageProgress progress)
    {
        _note = progress.Note ?? _note;
        Rate?.Advance(progress);
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
            StageOutcome.Reused { Origin: not null } => ("[grey]↺[/]", OutcomeFormat.Of(outcome, note), default(TimeSpan?)),
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
    private long? _first;

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    public void Advance(StageProgress progress)
    {
        _first = progress.Note is null ? _first ?? 0 : progress.Done;
        _last = progress;
    }

    /// <summary>By what was done since it began to count, which after an interruption is not all.</summary>
    public TimeSpan? Left => _first is { } first && _last is { Total: { } total } last && last.Done > first && last.Done < total
        && Elapsed.TotalSeconds is > 2 and var seconds && (last.Done - first) / (double)(total - first) > 0.01
            ? TimeSpan.FromSeconds(seconds / (last.Done - first) * (total - last.Done))
            : null;

    /// <summary><c>1,200/5,000 rows · 2,500 rows/s · loss 0.41 · 12 s left</c></summary>
    public string Text()
    {
        if (_last is not { } last)
            return "";
        var done = last.Total is { } total ? $"{Format.Count(last.Done)}/{Format.Count(total)}" : Format.Count(last.Done);
        List<string> parts = [$"{done} {last.Unit}"];
        var seconds = Elapsed.TotalSeconds;
        if (seconds > 1 && last.Done > (_first ?? 0))
            parts.Add($"{Format.Count((long)((last.Done - (_first ?? 0)) / seconds))} {last.Unit}/s");
        foreach (var (name, value) in last.Values ?? new Dictionary<string, double>())
            parts.Add($"{name.Replace('_', ' ')} {Format.Number(value)}");
        if (Left is { } left)
            parts.Add($"{Format.Duration(left)} left");
        return string.Join(" · ", parts);
    }
}
