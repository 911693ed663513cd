using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>Which cell of each matrix a report tells in full: the one that was chosen, else that of a stage, else the first.</summary>
internal sealed class ShownCells
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <param name="told">A stage whose cell is told where none was chosen.</param>
    public ShownCells(IReadOnlyList<StageResult> results, PlannedStage? told = null)
    {
        // A chosen cell first, so that all that follows agrees with it.
        var byId = results.ToDictionary(result => result.Id, StringComparer.Ordinal);
        foreach (var choosing in results.Where(result => result.Stage.Inputs.Values.Any(sources => sources.Count > 1)))
            if (Lineage.Chosen(choosing, byId) is { } chosen)
            {
                IsChosen = true;
                Take(chosen.Stage);
            }
        foreach (var stage in results.Select(result => result.Stage).Prepend(told).OfType<PlannedStage>())
            Take(stage);
    }

    /// <summary>Whether a stage chose among cells.</summary>
    public bool IsChosen { get; }

    public bool Shows(PlannedStage stage) => stage.Cell.All(value => _values.GetValueOrDefault(value.Key) == value.Value);

    private void Take(PlannedStage stage)
    {
        if (stage.Cell.Any(value => _values.TryGetValue(value.Key, out var taken) && taken != value.Value))
            return;
        foreach (var (axis, value) in stage.Cell)
            _values[axis] = value;
    }
}
