using System.Globalization;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>One line worth showing beside a stage, from what it gave.</summary>
internal static class StageNote
{
    private static readonly string[] Foremost = ["test.", "validation.", ""];

    public static string? Of(ArtifactSet outputs)
    {
        var artifacts = outputs.ByPort.Values.SelectMany(port => port).ToList();
        if (artifacts.OfType<Metrics>().FirstOrDefault(metrics => metrics.Values.Count > 0) is { } metrics)
            return Of(metrics);
        return artifacts.OfType<Table>().FirstOrDefault() is { } table
            ? string.Create(CultureInfo.InvariantCulture, $"{table.Rows:N0} {(table.Rows == 1 ? "row" : "rows")}")
            : null;
    }

    private static string Of(Metrics metrics)
    {
        var (name, value) = Foremost.SelectMany(prefix => metrics.Values.Where(item => item.Key.StartsWith(prefix, StringComparison.Ordinal))).First();
        return string.Create(CultureInfo.InvariantCulture, $"{name.Replace('_', ' ').Replace('.', ' ')} {value:0.####}");
    }
}
