using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Commands;

/// <summary>The stages a user names on the command line.</summary>
internal sealed class StageNames(Plan plan)
{
    private readonly ILookup<string, PlannedStage> _byName = plan.ByName();

    /// <summary>
    /// A stage, all its cells, or those with some values: <c>model@dropout=0.1</c> is every cell with that dropout, in whatever order axes
    /// are named.
    /// </summary>
    /// <param name="before">What the message starts with, e.g. the option.</param>
    /// <exception cref="UsageException">There is none of this name.</exception>
    public IEnumerable<PlannedStage> Find(string name, string before = "")
    {
        if (_byName.Contains(name))
            return _byName[name];
        if (name.IndexOf('@', StringComparison.Ordinal) is var at and > 0 && _byName.Contains(name[..at]))
            return CellsOf(name[..at], name[(at + 1)..].Split(','), $"{before}no cell of '{name[..at]}' is '{name[(at + 1)..]}'");
        throw plan.LeftOut.FirstOrDefault(stage => stage.Id == name) is { } left
            ? new UsageException($"{before}the stage '{name}' is left out", $"its 'if' is false: {left.If}")
            : new UsageException(
                $"{before}the pipeline has no stage '{name}'", Nearest.Help(name, [.. _byName.Select(stages => stages.Key)], "stages"));
    }

    // Names are compared with the parts of the id, not with the values, because an id shortens long values.
    private PlannedStage[] CellsOf(string stage, string[] values, string message)
    {
        PlannedStage[] cells = [.. _byName[stage]];
        PlannedStage[] meant = [.. cells.Where(cell => values.All(PartsOf(cell).Contains))];
        return meant.Length > 0 ? meant
            : throw new UsageException(message, cells.Any(cell => cell.Cell.Count > 0)
                ? Nearest.Help(values.FirstOrDefault(value => !cells.Any(cell => PartsOf(cell).Contains(value))) ?? "",
                    [.. cells.SelectMany(PartsOf).Distinct()], "values")
                    ?? $"e.g. {cells[0].Id}"
                : $"'{stage}' has no cells");
    }

    private static string[] PartsOf(PlannedStage cell) => cell.Cell.Count == 0 ? [] : cell.Id[(cell.Base.Length + 1)..].Split(',');
}
