using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>Columns of nothing but zeros, which a sentence says in less room.</summary>
internal static class ZeroColumns
{
    /// <summary>The table without them; at least its first column and one more stay.</summary>
    public static (Grid Grid, IReadOnlyList<GridColumn> Zeros) Without(Grid grid)
    {
        List<int> kept = [.. Enumerable.Range(0, grid.Columns.Count).Where(column => column == 0 || !IsZero(grid, column))];
        return grid.Rows.Count < 2 || kept.Count < 2 || kept.Count == grid.Columns.Count
            ? (grid, [])
            : (grid with
            {
                Columns = [.. kept.Select(column => grid.Columns[column])],
                Rows = [.. grid.Rows.Select(row => (IReadOnlyList<object?>)[.. kept.Select(column => row[column])])],
            }, [.. Enumerable.Range(0, grid.Columns.Count).Except(kept).Select(column => grid.Columns[column])]);
    }

    // A deviation belongs to the column before it.
    private static bool IsZero(Grid grid, int column) => grid.Columns[column].Name != GridColumn.Deviation
        && (column + 1 == grid.Columns.Count || grid.Columns[column + 1].Name != GridColumn.Deviation)
        && grid.Rows.All(row => row[column] is 0 or 0L or 0.0);
}
