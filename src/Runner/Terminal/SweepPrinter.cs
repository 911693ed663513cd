using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Terminal;

/// <summary>A sweep as aligned text: a line a cell, or a line for all seeds of a cell.</summary>
internal static class SweepPrinter
{
    private const int MaxLines = 40;
    private const string Missing = "–";

    public static void Write(TextWriter output, Sweep sweep, int room)
    {
        var groups = sweep.Groups();
        if (groups.All(group => group.Measured.All(spread => spread is null)))
            return;
        var several = sweep.Metrics.Select(metric => metric.Name).Distinct().Count() < sweep.Metrics.Count;
        List<string[]> lines =
            [[.. sweep.AxesOfGroups, .. sweep.Metrics.Select(metric => several ? $"{metric.Stage}.{metric.Name}" : metric.Name), ""]];
        lines.AddRange(groups.Take(MaxLines).Select(
            group => (string[])[.. group.Values.Select(Format.OneLine), .. group.Measured.Select(Of), group.IsChosen ? "← chosen" : ""]));
        var widths = ColumnWidths.Fit([.. lines[0].Select((_, i) => lines.Max(line => line[i].Length))], room);
        output.WriteLine();
        foreach (var line in lines)
            output.WriteLine(string.Join("  ", line.Select((cell, i) => Format.Cut(cell, widths[i]).PadRight(widths[i]))).TrimEnd());
        if (groups.Count > MaxLines)
            output.WriteLine($"and {Format.Count(groups.Count - MaxLines)} more");
        output.WriteLine();
    }

    private static string Of(Spread? spread) => spread is null ? Missing
        : spread.Deviation is { } deviation ? $"{Format.Number(spread.Mean)} ± {Format.Number(deviation)}" : Format.Number(spread.Mean);
}
