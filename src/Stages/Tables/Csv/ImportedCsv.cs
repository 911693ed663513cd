using System.Runtime.CompilerServices;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>
/// A table that a command wrote as CSV. CSV has no types: a column that stages know by name has the type they know it by, others the
/// expected one where all their cells fit, else the narrowest that fits all.
/// </summary>
internal sealed class ImportedCsv : IImportedTable
{
    private const int BatchRows = 1 << 14;
    private const int MaxCellShown = 60;

    private readonly string _path;
    private readonly string _called;

    private ImportedCsv(string path, string called, IReadOnlyList<(string, ColumnType)> columns) =>
        (_path, _called, Columns) = (path, called, columns);

    public IReadOnlyList<(string Name, ColumnType Type)> Columns { get; }

    /// <exception cref="StageException">The file is not as it should be.</exception>
    public static ImportedCsv Open(string path, string called, IReadOnlyDictionary<string, ColumnType> expected)
    {
        using var rows = Rows(path, called);
        Check(rows.Columns, called);
        var types = rows.Columns.Select(name => new CsvColumnTypes(expected.TryGetValue(name, out var type) ? type : null)).ToArray();
        while (rows.Read())
            for (var i = 0; i < types.Length; i++)
                types[i].See(rows[i]);
        return new(path, called, [.. types.Select((type, i) => (rows.Columns[i], ExpectedTypes.OfKnown(rows.Columns[i]) ?? type.Best))]);
    }

    public async IAsyncEnumerable<RowBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var rows = Rows(_path, _called);
        var columns = Columns.Select(column => CsvColumn.Of(column.Name, column.Type)).ToArray();
        var count = 0;
        while (rows.Read())
        {
            for (var i = 0; i < columns.Length; i++)
                if (!columns[i].TryAdd(rows[i]))
                    throw rows.Wrong($"'{Cut(rows[i])}' for '{Columns[i].Name}', where {Columns[i].Type} was expected", null);
            if (++count < BatchRows)
                continue;
            yield return new(count, [.. columns.Select(column => column.Take())]);
            cancellation.ThrowIfCancellationRequested();
            count = 0;
        }
        yield return new(count, [.. columns.Select(column => column.Take())]);
        await Task.CompletedTask.ConfigureAwait(false);
    }

    private static CsvRows Rows(string path, string called) => new(Source(path, called), new());

    private static CsvSource Source(string path, string called) =>
        new(path, $"the CSV file for '{called}'", "run", EncodingParameter: null);

    private static void Check(IReadOnlyList<string> names, string called)
    {
        if (names.Any(name => name.Length == 0))
            throw Source("", called).Wrong(null, "a column has no name", "pandas: to_csv(…, index=False)");
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Source("", called).Wrong(null, $"there are two columns '{twice.Key}'", null);
    }

    private static string Cut(string text) => text.Length <= MaxCellShown ? text : text[..(MaxCellShown - 1)] + "…";
}
