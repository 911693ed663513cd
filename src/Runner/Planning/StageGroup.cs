using System.Globalization;

namespace Pipelines.Runner.Planning;

/// <summary>A stage as it is drawn: all its cells in one box.</summary>
public sealed record StageGroup(IReadOnlyList<PlannedStage> Cells)
{
    public string Id => Cells[0].Base;

    public string Kind => Cells[0].Spec.Kind;

    /// <summary>The id, and how many cells there are of several.</summary>
    public string Title => Cells.Count == 1 ? Id : string.Create(CultureInfo.InvariantCulture, $"{Id} × {Cells.Count}");

    /// <summary>In the order of the plan.</summary>
    public static IReadOnlyList<StageGroup> Of(IEnumerable<PlannedStage> stages) =>
        [.. stages.GroupBy(stage => stage.Base, StringComparer.Ordinal).Select(cells => new StageGroup([.. cells]))];
}
