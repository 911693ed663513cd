using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Terminal;

/// <summary>A comparison as lines: stages at the left, what differs at the right.</summary>
internal static class ComparisonPrinter
{
    private const int MaxValueLength = 40;

    public static void Write(Screen screen, Comparison comparison)
    {
        var (first, second, stages, notes) = comparison;
        screen.Out.WriteLine($"{first.Name ?? "now"} ({first.Pipeline}) → {second.Name ?? "now"} ({second.Pipeline})");
        var widths = stages.SelectMany(stage => stage.Metrics).Select(Cells).Aggregate(new int[3], Widest);
        foreach (var stage in stages)
            Write(screen, stage, stages.Max(other => other.Id.Length), widths);
        screen.Out.WriteLine(
            stages.Count == 0 ? "no parameter and no metric differs" : $"{Format.Count(stages.Count, "stage")} with differences");
        if (Verdict([.. stages.SelectMany(stage => stage.Metrics)]) is { } verdict)
            screen.Out.WriteLine(verdict);
        foreach (var note in notes)
            screen.Out.WriteLine($"note: {note}");
    }

    /// <summary><c>the second: 3 metrics better, 1 worse</c>, by which way each of them is better; null where none can be told.</summary>
    internal static string? Verdict(IReadOnlyList<ComparedMetric> metrics)
    {
        var changes = metrics
            .Select(metric => Math.Sign(metric.After - metric.Before ?? 0) * MetricNames.Direction(metric.Name)).ToList();
        var (better, worse) = (changes.Count(change => change > 0), changes.Count(change => change < 0));
        return better + worse == 0 ? null
            : $"the second: {Format.Count(better, "metric")} better, {Format.Count(worse)} worse";
    }

    private static void Write(Screen screen, ComparedStage stage, int width, int[] widths)
    {
        var lines = stage.Changes.Select(Text).Concat(stage.Metrics.Select(metric => Text(Cells(metric), widths))).ToList();
        if (stage.Data.Count > 0)
            lines.Insert(0, $"other content: {string.Join(", ", stage.Data)}");
        if (stage.OnlyIn is { } side)
            lines.Insert(0, $"only in {side}");
        for (var i = 0; i < lines.Count; i++)
            screen.Out.WriteLine($"{(i == 0 ? stage.Id : "").PadRight(width)}  {lines[i]}");
    }

    private static string Text(FingerprintChange change) =>
        $"{change.Name} {Value(change.Old)} → {Value(change.New)}";

    private static string Value(string? text) => Format.Cut(Format.OneLine(text ?? "none"), MaxValueLength);

    private static string Text(string[] cells, int[] widths) =>
        $"{cells[0].PadRight(widths[0])}  {cells[1].PadLeft(widths[1])} → {cells[2].PadLeft(widths[2])}{cells[3]}";

    /// <summary>Name, before, after, and how much it changed.</summary>
    private static string[] Cells(ComparedMetric metric) =>
    [
        Format.OneLine(metric.Name), Number(metric.Before, metric), Number(metric.After, metric),
        metric.After - metric.Before is { } change ? $"  ({(change >= 0 ? "+" : "-")}{Format.Number(Math.Abs(change))})" : "",
    ];

    private static int[] Widest(int[] widths, string[] cells) => [.. widths.Select((width, i) => Math.Max(width, cells[i].Length))];

    private static string Number(double? value, ComparedMetric metric) =>
        value is { } number ? Format.Number(number, Format.Apart(metric.Before, metric.After)) : "none";
}
