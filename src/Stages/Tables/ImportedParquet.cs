using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Schema;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables;

/// <summary>A Parquet file of another program (pandas, DuckDB, Spark): whole numbers of any width, nullable columns, lists.</summary>
public sealed class ImportedParquet : IImportedTable
{
    // Where pandas keeps an index that is more than row numbers.
    private const string PandasIndex = "__index_level_";

    private readonly string _path;
    private readonly string _called;
    private readonly string _parameter;
    private readonly List<ImportedColumn> _columns = [];

    private ImportedParquet(string path, string called, string parameter) => (_path, _called, _parameter) = (path, called, parameter);

    public IReadOnlyList<(string Name, ColumnType Type)> Columns => [.. _columns.Select(column => (column.Name, column.Type))];

    /// <param name="called">Begins every message: <c>train.parquet</c>.</param>
    /// <param name="expected">Types by name, taken where no value changes by it.</param>
    /// <param name="parameter">The one that names the file.</param>
    /// <param name="only">The columns that are read; null: all, and none may be of another type than stages know it by.</param>
    /// <exception cref="StageException">The file is no Parquet, or has a column that no table can hold.</exception>
    public static async Task<ImportedParquet> OpenAsync(
        string path, string called, IReadOnlyDictionary<string, ColumnType> expected, string parameter, IReadOnlyCollection<string>? only,
        CancellationToken cancellation)
    {
        ImportedParquet imported = new(path, called, parameter);
        using var file = File.OpenRead(path);
        await using var reader = await imported.GuardedAsync(() => ParquetMetadata.OpenAsync(file, cancellation))
            .ConfigureAwait(false);
        var bad = new List<string>();
        foreach (var field in reader.Schema.Fields.Where(field => only?.Contains(field.Name) ?? !IsIndex(field)))
            if (ImportedColumn.Of(field) is { } column)
                imported._columns.Add(column);
            else
                bad.Add($"'{field.Name}' ({ImportedColumn.Describe(field)})");
        if (bad.Count > 0)
            throw imported.Wrong($"has columns of types that a table cannot hold: {string.Join(", ", bad)}",
                "convert them to texts, numbers, true/false or lists of these");
        if (imported._columns.Count == 0)
            throw imported.Wrong("has no columns", null);
        if (imported._columns.GroupBy(column => column.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw imported.Wrong($"has two columns '{twice.Key}'", null);
        foreach (var column in imported._columns)
            await imported.ExpectAsync(column, expected, file, reader, cancellation).ConfigureAwait(false);
        if (only is null
            && imported._columns.Find(column => ExpectedTypes.OfKnown(column.Name) is { } known && known != column.Type) is { } wrong)
            throw imported.NotAsKnown(wrong, ExpectedTypes.OfKnown(wrong.Name)!.Value);
        return imported;
    }

    public async IAsyncEnumerable<RowBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var file = File.OpenRead(_path);
        await using var reader = await GuardedAsync(() => ParquetMetadata.OpenAsync(file, cancellation))
            .ConfigureAwait(false);
        if (reader.RowGroupCount == 0)
            yield return new(0, [.. _columns.Select(column => column.Empty())]);
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var rows = reader.OpenRowGroupReader(group);
            var columns = new List<ColumnData>(_columns.Count);
            foreach (var column in _columns)
                columns.Add(await DataAsync(file, rows, column, column.Read, cancellation).ConfigureAwait(false) ?? throw Empty(column));
            if (columns.Exists(column => column.Count != rows.RowCount))
                throw Wrong("cannot be read: its columns have different numbers of rows", "was it written to the end?");
            yield return new((int)rows.RowCount, columns);
        }
    }

    /// <summary>The names of all columns of a file, for messages and to look for one.</summary>
    /// <exception cref="StageException">The file is no Parquet.</exception>
    public static async Task<IReadOnlyList<string>> NamesAsync(
        string path, string called, string parameter, CancellationToken cancellation)
    {
        using var file = File.OpenRead(path);
        await using var reader = await new ImportedParquet(path, called, parameter)
            .GuardedAsync(() => ParquetMetadata.OpenAsync(file, cancellation)).ConfigureAwait(false);
        return [.. reader.Schema.Fields.Select(field => field.Name)];
    }

    private static bool IsIndex(Field field) => field.Name.StartsWith(PandasIndex, StringComparison.Ordinal);

    private async Task ExpectAsync(
        ImportedColumn column, IReadOnlyDictionary<string, ColumnType> expected, FileStream file, ParquetReader reader,
        CancellationToken cancellation)
    {
        if (!expected.TryGetValue(column.Name, out var wanted) || !column.MayBecome(wanted))
            return;
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            using var rows = reader.OpenRowGroupReader(group);
            if (!await DataAsync(file, rows, column, data => column.Fits(wanted, data), cancellation).ConfigureAwait(false))
                return;
        }
        column.Type = wanted;
    }

    private Task<T> DataAsync<T>(
        FileStream file, ParquetRowGroupReader rows, ImportedColumn column, Func<ParquetColumn, T> use, CancellationToken cancellation) =>
        GuardedAsync(async () =>
        {
            new ColumnPages(file, file.Length, column.Field, rows.GetMetadata(column.Field)!.MetaData!).Check();
            return use(await ParquetColumn.ReadAsync(rows, column.Field, cancellation).ConfigureAwait(false));
        });

    private StageException NotAsKnown(ImportedColumn column, ColumnType known) => column.MayBecome(known)
        ? Wrong($"has values in the column '{column.Name}' ({column.Type}) that are no {known}", "none may be missing, broken or too large")
        : Wrong(
            $"has the column '{column.Name}' as {column.Type}, which every stage takes for {known}",
            "convert it (pandas: df['label'] = df['label'].astype(str)), or give it another name");

    private StageException Empty(ImportedColumn column) => Wrong(
        $"has empty values in the column '{column.Name}' ({column.Type})",
        "fill them in or drop the rows; only texts, and decimal numbers as NaN, may be empty");

    private StageException Wrong(string what, string? help) =>
        new($"{_called} {what}") { Help = help, Parameter = _parameter };

    // The package throws many kinds of exceptions for a file that is no Parquet.
    private async Task<T> GuardedAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException or StageException))
        {
            throw Wrong($"cannot be read: {error.Message}", "was it written to the end, and as Parquet?");
        }
    }
}
