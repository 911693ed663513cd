using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>
/// Spreads a source with <c>${matrix.axis}</c> over the cells of the stage's own matrix: each takes what its value names.
/// </summary>
internal sealed class CellSources(CellValues values, ICollection<Diagnostic> diagnostics)
{
    public void Spread(StageDraft draft)
    {
        if (draft.Entry.From.Any(entry => entry.Sources.Any(source => source.Written.WaitsForCell)))
            draft.From = [.. draft.Entry.From.Select(
                entry => entry with { Sources = [.. entry.Sources.SelectMany(source => Spread(draft, source))] })];
    }

    private IReadOnlyList<SourceReference> Spread(StageDraft draft, SourceReference source)
    {
        if (!source.Written.WaitsForCell)
            return [source];
        Dictionary<string, SourceReference> spread = new(StringComparer.Ordinal);
        foreach (var cell in draft.OwnCells ?? [])
        {
            var named = values.Of(cell, draft.Entry.Id.At).In(source.Written);
            if (named.IsUnresolved || FromReader.Source(named, diagnostics) is not { } reference)
                return [];
            if (spread.TryAdd(reference.Written.Text, reference))
                draft.CellsBySource.Add(reference, []);
            draft.CellsBySource[spread[reference.Written.Text]].Add(cell);
        }
        return [.. spread.Values];
    }
}
