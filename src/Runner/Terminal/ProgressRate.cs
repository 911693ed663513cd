using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Terminal;

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
        var parts = new List<string> { last.Total is { } total ? $"{Shown.Count(last.Done)}/{Shown.Count(total)} {last.Unit}" : $"{Shown.Count(last.Done)} {last.Unit}" };
        var seconds = Elapsed.TotalSeconds;
        if (seconds > 1 && last.Done > 0)
            parts.Add($"{Shown.Count((long)(last.Done / seconds))} {last.Unit}/s");
        foreach (var (name, value) in last.Values ?? new Dictionary<string, double>())
            parts.Add($"{name.Replace('_', ' ')} {Shown.Number(value)}");
        if (Share is { } share && share is > 0.01 and < 1 && seconds > 2)
            parts.Add($"{Shown.Duration(TimeSpan.FromSeconds(seconds / share - seconds))} left");
        return string.Join(" · ", parts);
    }
}
