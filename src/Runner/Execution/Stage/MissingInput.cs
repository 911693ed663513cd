using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>Finds out before a stage runs that an input or a column it needs was not made.</summary>
internal sealed class MissingInput(StageCatalog? catalog)
{
    /// <returns>What to tell the user, or null.</returns>
    public StageOutcome.Failed? Of(PlannedStage stage, ArtifactSet inputs)
    {
        foreach (var port in stage.Spec.Inputs)
        {
            var artifacts = inputs.ByPort.GetValueOrDefault(port.Name) ?? [];
            var sources = stage.Inputs.GetValueOrDefault(port.Name) ?? [];
            if (!port.Optional && artifacts.Count < Math.Max(sources.Count, port.Many ? 0 : 1))
                return Failed(stage, port.Name,
                    $"the input '{port.Name}' needs {Quoted.List(sources.Select(source => $"'{source}'"))}, which was not made", null);
            var reads = ReadColumns.Of(port, stage.Values);
            for (var i = 0; i < artifacts.Count; i++)
                if (artifacts[i] is Table table && reads.MissingIn(table) is { Count: > 0 } missing)
                    return Failed(stage, port.Name, Columns(port.Name, sources[i], missing, table), Help(missing));
        }
        return null;
    }

    private string Help(IReadOnlyList<string> missing)
    {
        var makers = missing.SelectMany(MakersOf).Distinct().ToList();
        return makers.Count == 0
            ? "put a stage before it that makes the column, or correct 'from'"
            : $"put one of these before it, or correct 'from': {string.Join(", ", makers)}";
    }

    /// <summary>Kinds that make a column and do not need it themselves.</summary>
    private IEnumerable<string> MakersOf(string column) => (catalog?.Kinds ?? []).Where(kind => catalog!.Find(kind)?.Spec is { } spec
        && spec.Outputs.Any(port => port.Writes?.Any(written => written.TrimEnd('?') == column) == true)
        && !spec.Inputs.Any(port => port.Reads?.Contains(column) == true));

    private static string Columns(string port, OutputRef source, IReadOnlyList<string> missing, Table table) =>
        $"the input '{port}' has no {(missing.Count == 1 ? "column" : "columns")} {Quoted.List(missing.Select(name => $"'{name}'"))}: "
        + $"'{source}' gives {Quoted.List(table.Columns.Select(column => column.Name))}";

    private static StageOutcome.Failed Failed(PlannedStage stage, string port, string message, string? help) =>
        new(message, help, "") { At = stage.PlaceOf($"from.{port}") };
}
