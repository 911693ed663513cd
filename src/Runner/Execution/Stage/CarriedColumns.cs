using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>
/// Columns that pass a stage by: it neither reads nor writes them, and its rows are those of its input, so they still belong to the rows.
/// They are put beside its result whenever that is handed on, and kept nowhere: the result does not depend on them.
/// </summary>
internal static class CarriedColumns
{
    /// <summary>What a stage gave at a port, with the columns that passed it by.</summary>
    /// <param name="inputs">With all their columns.</param>
    public static IReadOnlyList<Artifact> Beside(PlannedStage stage, ArtifactSet inputs, string port, IReadOnlyList<Artifact> outputs) =>
        SourceOf(stage, port) is { } source && outputs is [Table output] && inputs.ByPort.GetValueOrDefault(source) is [Table input]
            ? [Beside(stage, source, input, output)]
            : outputs;

    /// <summary>All that a stage gave.</summary>
    public static ArtifactSet Beside(PlannedStage stage, ArtifactSet inputs, ArtifactSet outputs) => new(outputs.ByPort.ToDictionary(
        port => port.Key, port => Beside(stage, inputs, port.Key, port.Value), StringComparer.Ordinal));

    /// <summary>An artifact with the tables that have columns of it.</summary>
    public static IEnumerable<Artifact> WithSources(Artifact artifact) => artifact is Table table ? [table, .. table.Carried] : [artifact];

    /// <summary>The first output that has not the rows it is declared to have, or null.</summary>
    public static string? WrongRows(PlannedStage stage, ArtifactSet inputs, ArtifactSet outputs) => stage.Spec.Outputs
        .Where(port => port.SameRowsAs is { } source && outputs.ByPort.GetValueOrDefault(port.Name) is [Table output]
            && inputs.ByPort.GetValueOrDefault(source) is [Table input] && input.Rows != output.Rows)
        .Select(port => port.Name).FirstOrDefault();

    /// <summary>Whether columns of an artifact may pass the stage by.</summary>
    public static bool Pass(PlannedStage stage, ArtifactSet inputs, Artifact artifact) => stage.Spec.Outputs.Any(port =>
        port.SameRowsAs is { } source && inputs.ByPort.GetValueOrDefault(source) is [var input]
        && WithSources(input).Any(part => part.Id == artifact.Id));

    private static Table Beside(PlannedStage stage, string source, Table input, Table output)
    {
        var reads = ReadColumns.Of(stage.Spec.Inputs.First(port => port.Name == source), stage.Values);
        var passed = input.Columns.Where(column => !reads.Has(column.Name) && output.Find(column.Name) is null).ToList();
        return passed.Count == 0 ? output : output with { Columns = [.. output.Columns, .. passed], Carried = Sources(input, passed) };
    }

    private static List<Table> Sources(Table input, List<Column> passed)
    {
        var names = passed.Select(column => column.Name).ToList();
        var sources = input.Carried.Select(part => part.Only(names)).Where(part => part.Columns.Count > 0).ToList();
        var own = passed.FindAll(column => !sources.Exists(part => part.Find(column.Name) is not null));
        if (own.Count > 0)
            sources.Add(input with { Columns = own, Carried = [] });
        return sources;
    }

    private static string? SourceOf(PlannedStage stage, string port)
    {
        foreach (var output in stage.Spec.Outputs)
            if (output.Name == port)
                return output.SameRowsAs;
        return null;
    }
}
