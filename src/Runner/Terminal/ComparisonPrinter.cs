using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Terminal;

/// <summary>A comparison as lines: stages at the left, what differs at the right.</summary>
internal static class ComparisonPrinter
{
    public static void Write(Screen screen, Comparison comparison)
    {
        var (first, second, stages, notes) = comparison;
        screen.Out.WriteLine($"{first.Name ?? "now"} ({first.Pipeline}) → {second.Name ?? "now"} ({second.Pipeline})");
        foreach (var stage in stages)
            Write(screen, stage, stages.Max(other => other.Id.Length));
        screen.Out.WriteLine(
            stages.Count == 0 ? "no parameter and no metric differs" : $"{Format.Count(stages.Count, "stage")} with differences");
        foreach (var note in notes)
            screen.Out.WriteLine($"note: {note}");
    }

    private static void Write(Screen screen, ComparedStage stage, int width)
    {
        var lines = stage.Changes.Select(Text).Concat(stage.Metrics.Select(Text)).ToList();
        if (stage.Data.Count > 0)
            lines.Insert(0, $"other content: {string.Join(", ", stage.Data)}");
        if (stage.OnlyIn is { } side)
            lines.Insert(0, $"only in {side}");
        for (var i = 0; i < lines.Count; i++)
            screen.Out.WriteLine($"{(i == 0 ? stage.Id : "").PadRight(width)}  {lines[i]}");
    }

    private static string Text(FingerprintChange change) =>
        $"{change.Name} {Format.Cut(Format.OneLine(change.Old ?? "none"), 40)} → {Format.Cut(Format.OneLine(change.New ?? "none"), 40)}";

    private static string Text(ComparedMetric metric)
    {
        var text = $"{metric.Name} {Number(metric.Before)} → {Number(metric.After)}";
        return metric.After - metric.Before is { } change ? $"{text} ({(change >= 0 ? "+" : "-")}{Format.Number(Math.Abs(change))})" : text;
    }

    private static string Number(double? value) => value is { } number ? Format.Number(number) : "none";
}
