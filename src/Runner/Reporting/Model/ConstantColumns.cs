using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>Columns of nothing but zeros, or of one other number, which a sentence says in less room.</summary>
internal static class ConstantColumns
{
    private const int FewRows = 3;

    /// <summary>The table without them; at least its first column and one more stay.</summary>
    public static (Grid Grid, IReadOnlyList<GridColumn> Zeros, IReadOnlyList<(GridColumn Column, object Value)> Constants) Without(
        Grid grid)
    {
        var all = Enumerable.Range(0, grid.Columns.Count).ToList();
        var zeros = grid.Rows.Count < 2 ? [] : all.FindAll(column => column > 0 && IsAlone(grid, column) && IsAll(grid, column, IsZero));
        var constants = grid.Rows.Count < FewRows ? [] : all.Except(zeros).Where(column => column > 0 && IsAlone(grid, column)
            && grid.Rows[0][column] is int or long or double && IsAll(grid, column, value => Equals(value, grid.Rows[0][column]))).ToList();
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

    // A deviation belongs to the column before it.
    private static bool IsAlone(Grid grid, int column) => grid.Columns[column].Name != GridColumn.Deviation
        && (column + 1 == grid.Columns.Count || grid.Columns[column + 1].Name != GridColumn.Deviation);
}
