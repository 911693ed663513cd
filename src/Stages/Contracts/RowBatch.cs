namespace Pipelines.Stages.Contracts;

/// <summary>Consecutive rows, column by column: the unit in which tables are read and written.</summary>
public sealed class RowBatch
{
    private readonly Dictionary<string, ColumnData> _byName;

    public RowBatch(int count, IReadOnlyList<ColumnData> columns)
    {
        if (columns.FirstOrDefault(column => column.Count != count) is { } odd)
            throw new ArgumentException($"Column '{odd.Name}' has {odd.Count} values in a batch of {count} rows.");
        Count = count;
        Columns = columns;
        _byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
    }

    public int Count { get; }

    public IReadOnlyList<ColumnData> Columns { get; }

    public bool Has(string name) => _byName.ContainsKey(name);

    public Values<T> Values<T>(string name) => (Values<T>)this[name];

    public Lists<T> Lists<T>(string name) => (Lists<T>)this[name];

    public ColumnData this[string name] => _byName.TryGetValue(name, out var column)
        ? column
        : throw new KeyNotFoundException($"There is no column '{name}' in this batch; it has {string.Join(", ", _byName.Keys)}.");

    /// <summary>The rows in parts of at most <paramref name="rows"/>.</summary>
    internal IEnumerable<RowBatch> Parts(int rows)
    {
        if (rows >= Count)
            return [this];
        return Enumerable.Range(0, (Count + rows - 1) / rows)
            .Select(part => (Start: part * rows, Count: Math.Min(rows, Count - (part * rows))))
            .Select(part => new RowBatch(part.Count, [.. Columns.Select(column => column.Slice(part.Start, part.Count))]));
    }

    /// <summary>The same rows with these columns added, or put in the place of those of the same name.</summary>
    public RowBatch With(params IReadOnlyList<ColumnData> columns)
    {
        var names = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return new(Count, [.. Columns.Where(column => !names.Contains(column.Name)), .. columns]);
    }
}
