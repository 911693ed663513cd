namespace Pipelines.Stages.Kinds.Describe;

/// <summary>Counts of lengths, from which every statistic follows without keeping the rows.</summary>
internal sealed class LengthCounts
{
    private readonly SortedDictionary<int, long> _counts = [];

    public long Rows { get; private set; }

    public int Longest => _counts.Count == 0 ? 0 : _counts.Keys.Last();

    public long Empty => _counts.GetValueOrDefault(0);

    public double Mean => _counts.Sum(entry => (double)entry.Key * entry.Value) / Math.Max(1, Rows);

    public void Add(int length)
    {
        Rows++;
        _counts[length] = _counts.GetValueOrDefault(length) + 1;
    }

    public long Above(int limit) => _counts.Where(entry => entry.Key > limit).Sum(entry => entry.Value);

    /// <summary>Of everything that is counted, the part behind a limit.</summary>
    public double ShareBeyond(int limit) => _counts.Sum(entry => Math.Max(0.0, entry.Key - limit) * entry.Value)
        / Math.Max(1, _counts.Sum(entry => (double)entry.Key * entry.Value));

    /// <summary>The smallest length that at least this share of the rows does not exceed.</summary>
    public int Quantile(double share)
    {
        var seen = 0L;
        foreach (var (length, count) in _counts)
            if ((seen += count) >= share * Rows)
                return length;
        return Longest;
    }

    /// <summary>At most <paramref name="bins"/> bins of equal whole width, from 0.</summary>
    public (double[] Edges, long[] Counts) Histogram(int bins)
    {
        var width = Math.Max(1, (int)Math.Ceiling((Longest + 1.0) / bins));
        var counts = new long[Longest / width + 1];
        foreach (var (length, count) in _counts)
            counts[length / width] += count;
        return ([.. Enumerable.Range(0, counts.Length + 1).Select(edge => (double)edge * width)], counts);
    }
}
