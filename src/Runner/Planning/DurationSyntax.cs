using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Lengths of time as a pipeline file writes them: <c>90s</c>, <c>10m</c>, <c>1.5h</c>, <c>2d</c>.</summary>
public static class DurationSyntax
{
    private const int SecondsOfADay = 86_400;
    private const int MaxDays = 30;

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 2 || SecondsOf(text[^1]) is not { } unit || !CoreSchema.TryNumber(text[..^1].TrimEnd(), out var number))
            return false;
        var seconds = number * unit;
        if (seconds is < 0.001 or > MaxDays * SecondsOfADay)
            return false;
        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>In the largest unit that gives a short number: <c>90s</c>, <c>10m</c>.</summary>
    public static string Of(TimeSpan duration)
    {
        foreach (var unit in "dhm")
            if (duration.TotalSeconds / SecondsOf(unit)!.Value is >= 1 and var number && number * 10 % 1 == 0)
                return Canonical.Number(number) + unit;
        return Canonical.Number(duration.TotalSeconds) + "s";
    }

    private static int? SecondsOf(char unit) => unit switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => SecondsOfADay,
        _ => null,
    };
}
