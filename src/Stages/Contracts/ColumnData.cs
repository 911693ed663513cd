namespace Pipelines.Stages.Contracts;

/// <summary>The values of one column in a <see cref="RowBatch"/>.</summary>
public abstract class ColumnData(string name, ColumnType type, int count)
{
    public string Name { get; } = name;

    public ColumnType Type { get; } = type;

    public int Count { get; } = count;

    /// <summary>Consecutive rows of this column.</summary>
    internal abstract ColumnData Slice(int start, int count);

    /// <summary>The rows at these places, in their order; one may stand several times.</summary>
    internal abstract ColumnData Take(IReadOnlyList<int> rows);
}

/// <summary>One value a row.</summary>
public sealed class Values<T>(string name, T[] items) : ColumnData(name, ColumnType.Of<T>(), items.Length)
{
    public T[] Items { get; } = items;

    public T this[int row] => Items[row];

    internal override ColumnData Slice(int start, int count) => count == Count ? this : new Values<T>(Name, Items[start..(start + count)]);

    internal override ColumnData Take(IReadOnlyList<int> rows) => new Values<T>(Name, [.. rows.Select(row => Items[row])]);
}

/// <summary>A list of values a row: row i holds <c>Items[Offsets[i]..Offsets[i + 1]]</c>.</summary>
public sealed class Lists<T>(string name, T[] items, int[] offsets) : ColumnData(name, ColumnType.Of<T>(isList: true), offsets.Length - 1)
{
    public T[] Items { get; } = items;

    public int[] Offsets { get; } = offsets;

    public ReadOnlySpan<T> this[int row] => Items.AsSpan(Offsets[row]..Offsets[row + 1]);

    internal override ColumnData Slice(int start, int count)
    {
        if (count == Count)
            return this;
        var first = Offsets[start];
        int[] offsets = [.. Offsets[start..(start + count + 1)].Select(offset => offset - first)];
        return new Lists<T>(Name, Items[first..Offsets[start + count]], offsets);
    }

    internal override ColumnData Take(IReadOnlyList<int> rows)
    {
        List<T> items = [];
        var offsets = new int[rows.Count + 1];
        for (var i = 0; i < rows.Count; i++)
        {
            items.AddRange(this[rows[i]]);
            offsets[i + 1] = items.Count;
        }
        return new Lists<T>(Name, [.. items], offsets);
    }
}

/// <summary>Makes columns of lists.</summary>
public static class Lists
{
    /// <param name="rows">The values of each row.</param>
    public static Lists<T> Of<T>(string name, IEnumerable<IEnumerable<T>> rows)
    {
        List<T> items = [];
        List<int> offsets = [0];
        foreach (var row in rows)
        {
            items.AddRange(row);
            offsets.Add(items.Count);
        }
        return new(name, [.. items], [.. offsets]);
    }
}
