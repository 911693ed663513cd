using System.Globalization;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Execution;

/// <summary>One line worth showing beside a stage, from what it gave.</summary>
internal static class StageNote
{
    private static readonly string[] Foremost = ["test.", "validation.", ""];

    /// <param name="inputs">What is handed on from among several of them is named first, by a reference.</param>
    public static string? Of(StageSpec stage, ArtifactSet inputs, ArtifactSet outputs)
    {
        string?[] parts = [HandedOn(stage, inputs, outputs), Of(outputs)];
        return string.Join(": ", parts.OfType<string>()) is { Length: > 0 } note ? note : null;
    }

    private static string? Of(ArtifactSet outputs)
    {
        var artifacts = outputs.ByPort.Values.SelectMany(port => port).ToList();
        if (artifacts.OfType<Metrics>().FirstOrDefault(metrics => metrics.Values.Count > 0) is { } metrics)
            return Of(metrics);
        return artifacts.OfType<Table>().FirstOrDefault() is { } table
            ? string.Create(CultureInfo.InvariantCulture, $"{table.Rows:N0} {(table.Rows == 1 ? "row" : "rows")}")
            : null;
    }

    // Candidates may be equal at one port and differ at another: the one from which most artifacts were handed on is named.
    private static string? HandedOn(StageSpec stage, ArtifactSet inputs, ArtifactSet outputs)
    {
        var given = outputs.ByPort.Values.SelectMany(port => port).Select(artifact => artifact.Id).ToHashSet();
        var handedOn =
            from port in stage.Inputs
            where port.Many
            from entry in (inputs.ByPort.GetValueOrDefault(port.Name) ?? []).Select((artifact, index) => (Artifact: artifact, Index: index))
            where given.Contains(entry.Artifact.Id)
            group SourceName.Of(port.Name, entry.Index) by entry.Index;
        return handedOn.OrderByDescending(names => names.Count()).ThenBy(names => names.Key).FirstOrDefault()?.First();
    }

    private static string Of(Metrics metrics)
    {
        var (name, value) = Foremost.SelectMany(
            prefix => metrics.Values.Where(item => item.Key.StartsWith(prefix, StringComparison.Ordinal))).First();
        // A number too small for four decimals is not shown as none.
        var shown = value.ToString(Math.Abs(value) is > 0 and < 0.00005 ? "0.##e-0" : "0.####", CultureInfo.InvariantCulture);
        return $"{name.Replace('_', ' ').Replace('.', ' ')} {shown}";
    }
}
