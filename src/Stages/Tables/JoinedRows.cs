using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables;

/// <summary>Rows whose columns lie in several files, which need not be cut into the same row groups.</summary>
internal static class JoinedRows
{
    /// <param name="columns">In the order in which the batches have them.</param>
    /// <exception cref="DamagedArtifactException">The files have not the same number of rows.</exception>
    public static async IAsyncEnumerable<RowBatch> ReadAsync(
        Table table, IReadOnlyList<Column> columns, IReadOnlyList<IAsyncEnumerable<RowBatch>> parts)
    {
        var cursors = parts.Select(part => new Cursor(part.GetAsyncEnumerator())).ToList();
        try
        {
            for (var isFirst = true; ; isFirst = false)
            {
                foreach (var cursor in cursors)
                    await cursor.MoveAsync().ConfigureAwait(false);
                var count = cursors.Min(cursor => cursor.Left);
                if (count == 0 && cursors.Exists(cursor => cursor.Left > 0))
                    throw new DamagedArtifactException(table, new InvalidDataException("its columns have not the same number of rows"));
                if (count > 0 || isFirst)
                    yield return Joined(columns, [.. cursors.Select(cursor => cursor.Take(count))]);
                if (count == 0)
                    break;
            }
        }
        finally
        {
            foreach (var cursor in cursors)
                await cursor.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static RowBatch Joined(IReadOnlyList<Column> columns, RowBatch[] parts) =>
        new(parts[0].Count, [.. columns.Select(column => parts.First(part => part.Has(column.Name))[column.Name])]);

    private sealed class Cursor(IAsyncEnumerator<RowBatch> batches) : IAsyncDisposable
    {
        private RowBatch? _batch;
        private int _taken;

        /// <summary>Rows that can be taken at once; 0 at the end.</summary>
        public int Left => _batch!.Count - _taken;

        public async ValueTask MoveAsync()
        {
            while ((_batch is null || Left == 0) && await batches.MoveNextAsync().ConfigureAwait(false))
                (_batch, _taken) = (batches.Current, 0);
        }

        public RowBatch Take(int count)
        {
            RowBatch taken = new(count, [.. _batch!.Columns.Select(column => column.Slice(_taken, count))]);
            _taken += count;
            return taken;
        }

        public ValueTask DisposeAsync() => batches.DisposeAsync();
    }
}
