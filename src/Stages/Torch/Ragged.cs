namespace Pipelines.Stages.Torch;

/// <summary>Lists of whole numbers of different lengths, stored one after the other.</summary>
internal sealed class Ragged
{
    private int[] _items = new int[1024];
    private int[] _ends = new int[256];

    public int Count { get; private set; }

    public int Total => Count == 0 ? 0 : _ends[Count - 1];

    public ReadOnlySpan<int> this[int row] => _items.AsSpan(Start(row)..End(row));

    public int Length(int row) => End(row) - Start(row);

    public void Add(ReadOnlySpan<int> items)
    {
        var start = Total;
        if (start + items.Length > _items.Length)
            Array.Resize(ref _items, Math.Max(_items.Length * 2, start + items.Length));
        if (Count == _ends.Length)
            Array.Resize(ref _ends, _ends.Length * 2);
        items.CopyTo(_items.AsSpan(start));
        _ends[Count++] = start + items.Length;
    }

    public static Ragged Of(IEnumerable<int[]> lists)
    {
        var ragged = new Ragged();
        foreach (var list in lists)
            ragged.Add(list);
        return ragged;
    }

    /// <summary>All rows, longest first: batches of them hold texts of like length.</summary>
    public int[] RowsByLength()
    {
        var lengths = new int[Count];
        for (var row = 0; row < Count; row++)
            lengths[row] = Length(row);
        return PackedSequence.SortedLongestFirst(lengths);
    }

    private int Start(int row) => row == 0 ? 0 : _ends[row - 1];

    private int End(int row) => row < Count ? _ends[row] : throw new ArgumentOutOfRangeException(nameof(row));
}
