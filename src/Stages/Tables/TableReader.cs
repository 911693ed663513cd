using System.Diagnostics;
using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Schema;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables;

/// <summary>Reads a table one row group at a time, only the columns asked for.</summary>
public static class TableReader
{
    /// <summary>
    /// At least one batch, even of a table without rows. A name that ends in <c>?</c> is left out where the table has no such column.
    /// </summary>
    /// <exception cref="DamagedArtifactException">The file is not what was written.</exception>
    public static async IAsyncEnumerable<RowBatch> ReadAsync(
        this Table table, IReadOnlyList<string> columns, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var wanted = Resolve(table, columns);
        var parts = PartsOf(table, wanted);
        var batches = parts is [var (only, all)] ? WithoutPlaces(ReadFileAsync(only, all, 0, cancellation))
            : JoinedRows.ReadAsync(table, wanted, [
                .. parts.Select(part => WithoutPlaces(ReadFileAsync(part.Table, part.Columns, 0, cancellation)))]);
        await foreach (var batch in batches.ConfigureAwait(false))
            yield return batch;
    }

    /// <summary>
    /// Some rows, each as a batch and its place there; row groups before and after them are not read, unless columns lie in several files.
    /// </summary>
    /// <param name="from">The first row, counting from 0.</param>
    /// <exception cref="DamagedArtifactException">The file is not what was written.</exception>
    public static async IAsyncEnumerable<(RowBatch Batch, int Row)> RowsAsync(
        this Table table, IReadOnlyList<string> columns, long from, int count, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var left = (int)Math.Min(count, Math.Max(0, table.Rows - from));
        if (left == 0)
            yield break;
        var batches = PartsOf(table, Resolve(table, columns)) is [var (only, all)]
            ? ReadFileAsync(only, all, from, cancellation)
            : WithPlaces(table.ReadAsync(columns, cancellation));
        await foreach (var (first, batch) in batches.ConfigureAwait(false))
        {
            for (var row = (int)Math.Max(0, from - first); row < batch.Count && left > 0; row++, left--)
                yield return (batch, row);
            if (left == 0)
                yield break;
        }
    }

    /// <summary>Every column.</summary>
    public static IAsyncEnumerable<RowBatch> ReadAsync(this Table table, CancellationToken cancellation) =>
        table.ReadAsync([.. table.Columns.Select(column => column.Name)], cancellation);

    private static async IAsyncEnumerable<RowBatch> WithoutPlaces(IAsyncEnumerable<(long First, RowBatch Batch)> batches)
    {
        await foreach (var (_, batch) in batches.ConfigureAwait(false))
            yield return batch;
    }

    private static async IAsyncEnumerable<(long First, RowBatch Batch)> WithPlaces(IAsyncEnumerable<RowBatch> batches)
    {
        var first = 0L;
        await foreach (var batch in batches.ConfigureAwait(false))
        {
            yield return (first, batch);
            first += batch.Count;
        }
    }

    /// <param name="from">Row groups that end before this row are left out.</param>
    private static async IAsyncEnumerable<(long First, RowBatch Batch)> ReadFileAsync(
        Table table, List<Column> wanted, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var file = Guarded(table, () => File.OpenRead(Path.Combine(table.Directory, Table.FileName)));
        await using var reader = await GuardedAsync(table, () => ParquetMetadata.OpenAsync(file, cancellation))
            .ConfigureAwait(false);
        var first = 0L;
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = Guarded(table, () => RowsOf(reader, group));
            if (first + rows > from || from == 0)
                yield return (first,
                    await GuardedAsync(table, () => ReadGroupAsync(reader, group, wanted, cancellation)).ConfigureAwait(false));
            first += rows;
        }
    }

    private static long RowsOf(ParquetReader reader, int group)
    {
        using var rows = reader.OpenRowGroupReader(group);
        return rows.RowCount;
    }

    // The files that have the columns; the table's own where there are none, since it has the rows.
    private static List<(Table Table, List<Column> Columns)> PartsOf(Table table, List<Column> wanted)
    {
        var parts = table.Carried.Select(part => (Table: part, Columns: wanted.FindAll(column => part.Find(column.Name) is not null)))
            .Where(part => part.Columns.Count > 0).ToList();
        var own = wanted.FindAll(column => !parts.Exists(part => part.Columns.Contains(column)));
        if (own.Count > 0 || parts.Count == 0)
            parts.Insert(0, (table, own));
        return parts;
    }

    private static List<Column> Resolve(Table table, IReadOnlyList<string> names)
    {
        var wanted = new List<Column>(names.Count);
        foreach (var name in names)
        {
            if (table.Find(name.TrimEnd('?')) is { } column)
                wanted.Add(column);
            else if (!name.EndsWith('?'))
                throw new InvalidOperationException(
                    $"Column '{name}' is not among those this stage declares to read: "
                    + $"{string.Join(", ", table.Columns.Select(c => c.Name))}.");
        }
        return wanted;
    }

    private static async Task<RowBatch> ReadGroupAsync(ParquetReader reader, int group, List<Column> wanted, CancellationToken cancellation)
    {
        using var rows = reader.OpenRowGroupReader(group);
        var columns = new List<ColumnData>(wanted.Count);
        foreach (var column in wanted)
        {
            var field = reader.Schema.Fields.FirstOrDefault(field => field.Name == column.Name)
                ?? throw new InvalidDataException($"there is no column '{column.Name}'");
            var data = await ParquetColumn.ReadAsync(rows, TableSchema.DataFieldOf(field), cancellation).ConfigureAwait(false);
            columns.Add(ColumnOf(column, field, data));
        }
        return new((int)rows.RowCount, columns);
    }

    private static ColumnData ColumnOf(Column column, Field field, ParquetColumn data) => column.Type.Element switch
    {
        ElementType.String => ColumnOf<string>(column, field, data),
        ElementType.Int => ColumnOf<int>(column, field, data),
        ElementType.Long => ColumnOf<long>(column, field, data),
        ElementType.Float => ColumnOf<float>(column, field, data),
        ElementType.Double => ColumnOf<double>(column, field, data),
        ElementType.Bool => ColumnOf<bool>(column, field, data),
        _ => throw new UnreachableException(),
    };

    private static ColumnData ColumnOf<T>(Column column, Field field, ParquetColumn data) => field is ListField
        ? new Lists<T>(column.Name, (T[])data.Defined, Offsets(data))
        : new Values<T>(column.Name, data.Spread<T>(missing: default!));

    // A row starts at repetition level 0; only the highest definition level stands for an item.
    internal static int[] Offsets(ParquetColumn data)
    {
        var repetition = data.RepetitionLevels ?? [];
        var offsets = new int[repetition.AsSpan().Count(0) + 1];
        var (row, items) = (0, 0);

        // Where every place holds an item there is nothing to look for.
        var definition = data.IsFull ? null : data.DefinitionLevels;
        for (var i = 0; i < repetition.Length; i++)
        {
            offsets[row] = items;
            row += repetition[i] == 0 ? 1 : 0;
            items += definition is null || definition[i] == data.Field.MaxDefinitionLevel ? 1 : 0;
        }
        offsets[row] = items;
        return offsets;
    }

    private static T Guarded<T>(Table table, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw new DamagedArtifactException(table, error);
        }
    }

    private static async Task<T> GuardedAsync<T>(Table table, Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw new DamagedArtifactException(table, error);
        }
    }

    // The package throws many kinds of exceptions for damaged bytes; only cancellation, exhausted memory and missing permission mean
    // something else.
    private static bool IsDamage(Exception error) =>
        error is not (OperationCanceledException or OutOfMemoryException or UnauthorizedAccessException);
}
