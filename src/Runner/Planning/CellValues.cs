using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Puts the values of a cell in the place of <c>${matrix.axis}</c>.</summary>
internal sealed class CellValues(PipelineDocument document, ICollection<Diagnostic> diagnostics)
{
    /// <summary>The variables as they are in one cell.</summary>
    /// <param name="at">The place of the map of axes, which is written nowhere.</param>
    public Variables Of(Cell cell, SourceSpan at)
    {
        YamlMap axes = new(
            [.. cell.Values.Select(value => new YamlEntry(new(value.Key, IsPlain: true, value.Value.Value.At), value.Value.Value))], at);
        return Variables.OfCell(document.Variables, axes, document.Spread, diagnostics);
    }

    /// <summary>The stage as it is in this cell, apart from its sources and its parameters.</summary>
    public static StageEntry In(StageEntry entry, Variables cell) => entry with
    {
        Seed = In(entry.Seed, cell),
        Cost = In(entry.Cost, cell),
        Retries = In(entry.Retries, cell),
        Timeout = In(entry.Timeout, cell),
        Resources = In(entry.Resources, cell),
    };

    private static YamlNode? In(YamlNode? node, Variables cell) => node is null ? null : cell.In(node);
}
