using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>Columns of nothing but zeros, of one other number, or of one split, which a sentence says in less room.</summary>
internal static class ConstantColumns
{
    private const int FewRows = 3;

    // The one text that is the same for most tables of scores.
    private const string Split = "split";

    /// <summary>The table without them; at least its first column and one more stay.</summary>
    public static (Grid Grid, IReadOnlyList<GridColumn> Zeros, IReadOnlyList<(GridColumn Column, object Value)> Constants) Without(
        Grid grid)
    {
        var all = Enumerable.Range(0, grid.Columns.Count).ToList();
        var zeros = grid.Rows.Count < 2 ? [] : all.FindAll(column => column > 0 && IsAlone(grid, column) && IsAll(grid, column, IsZero));
        var constants = grid.Rows.Count < FewRows ? [] : all.Except(zeros).Where(column => column > 0 && IsAlone(grid, column)
            && (grid.Rows[0][column] is int or long or double || grid.Columns[column].Name == Split)
            && IsAll(grid, column, value => Equals(value, grid.Rows[0][column]))).ToList();
        var kept = all.Except(zeros).Except(constants).ToList();
        return kept.Count < 2 || kept.Count == all.Count ? (grid, [], []) : (
            grid with
            {
                Columns = [.. kept.Select(column => grid.Columns[column])],
                Rows = [.. grid.Rows.Select(row => (IReadOnlyList<object?>)[.. kept.Select(column => row[column])])],
            },
            [.. zeros.Select(column => grid.Columns[column])],
            [.. constants.Select(column => (grid.Columns[column], grid.Rows[0][column]!))]);
    }

    private static bool IsZero(object? value) => value is 0 or 0L or 0.0;

    private static bool IsAll(Grid grid, int column, Func<object?, bool> holds) => grid.Rows.All(row => holds(row[column]));

    // Deviation and interval belong to the column before them.
    private static bool IsAlone(Grid grid, int column) => !IsPart(grid.Columns[column].Name)
        && (column + 1 == grid.Columns.Count || !IsPart(grid.Columns[column + 1].Name));

    private static bool IsPart(string name) => name == GridColumn.Deviation
        || name.EndsWith("_low", StringComparison.Ordinal) || name.EndsWith("_high", StringComparison.Ordinal);
}
