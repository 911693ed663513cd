using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables;

/// <summary>Where two tables first differ, row by row.</summary>
/// <param name="Row">Counting from 0.</param>
/// <param name="Old">As text; null: the table ends before.</param>
public sealed record TableDifference(string Column, long Row, string? Old, string? New)
{
    /// <summary>The first row in which a column differs; null: these columns have equal values.</summary>
    /// <param name="columns">Columns that both have.</param>
    public static async Task<TableDifference?> FirstAsync(
        Table old, Table now, IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        await using RowCursor before = new(old.ReadAsync(columns, cancellation).GetAsyncEnumerator(cancellation));
        await using RowCursor after = new(now.ReadAsync(columns, cancellation).GetAsyncEnumerator(cancellation));
        for (var row = 0L; ; row++)
        {
            var (hasOld, hasNew) = (await before.NextAsync().ConfigureAwait(false), await after.NextAsync().ConfigureAwait(false));
            if (!hasOld && !hasNew)
                return null;
            foreach (var column in columns)
            {
                var (oldText, newText) = (hasOld ? before.Text(column) : null, hasNew ? after.Text(column) : null);
                if (oldText != newText)
                    return new(column, row, oldText, newText);
            }
        }
    }

    /// <summary>One row after the other, whatever the row groups of the file are.</summary>
    private sealed class RowCursor(IAsyncEnumerator<RowBatch> batches) : IAsyncDisposable
    {
        private int _row = -1;
        private int _count;

        public async ValueTask<bool> NextAsync()
        {
            _row++;
            while (_row >= _count)
            {
                if (!await batches.MoveNextAsync().ConfigureAwait(false))
                    return false;
                (_row, _count) = (0, batches.Current.Count);
            }
            return true;
        }

        public string Text(string column) => CellFormat.Of(batches.Current[column], _row);

        public ValueTask DisposeAsync() => batches.DisposeAsync();
    }
}
