using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;

namespace Pipelines.Stages.Kinds.Describe;

/// <summary>How often each label occurs, over all rows and by split.</summary>
internal sealed class LabelCounts
{
    private readonly Dictionary<string, Dictionary<string, long>> _bySplit = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _all = new(StringComparer.Ordinal);

    public long Rows { get; private set; }

    public IEnumerable<string> Known => Splits.All.Where(_bySplit.ContainsKey);

    /// <summary>Most frequent first; equals in the order of the labels.</summary>
    public IReadOnlyList<(string Label, long Count)> Sorted { get; private set; } = [];

    public long In(string split, string label) => _bySplit[split].GetValueOrDefault(label);

    public long RowsIn(string split) => _bySplit[split].Values.Sum();

    public long ClassesIn(string split) => _bySplit[split].Count;

    /// <summary>Labels of the split that the training split lacks.</summary>
    public long UnseenIn(string split) =>
        _bySplit.TryGetValue(Splits.Train, out var train) ? _bySplit[split].Keys.Count(label => !train.ContainsKey(label)) : 0;

    /// <summary>How few of the most frequent labels half of the rows have.</summary>
    public int LabelsOfHalfTheRows()
    {
        var (labels, rows) = (0, 0L);
        while (2 * rows < Rows)
            rows += Sorted[labels++].Count;
        return labels;
    }

    /// <summary>The accuracy of always answering the most frequent label of the training split.</summary>
    public double MajorityAccuracy(string split)
    {
        var train = _bySplit.GetValueOrDefault(Splits.Train) ?? _all;
        var majority = train.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).First().Key;
        return (double)In(split, majority) / Math.Max(1, RowsIn(split));
    }

    /// <param name="prefix">Only so many characters of a label count; null: all.</param>
    public static async Task<LabelCounts> CountAsync(Table table, string column, int? prefix, CancellationToken cancellation)
    {
        var counts = new LabelCounts();
        await foreach (var batch in table.ReadAsync([column, Columns.Split + "?"], cancellation).ConfigureAwait(false))
        {
            var labels = batch[column];
            var splits = batch.Has(Columns.Split) ? batch.Values<string>(Columns.Split).Items : null;
            for (var row = 0; row < batch.Count; row++)
                counts.Add(splits?[row], Prefix(CellFormat.Of(labels, row), prefix));
        }
        counts.Sorted = [.. counts._all.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => (entry.Key, entry.Value))];
        return counts;
    }

    private static string Prefix(string label, int? length) => length < label.Length ? label[..length.Value] : label;

    private void Add(string? split, string label)
    {
        Rows++;
        _all[label] = _all.GetValueOrDefault(label) + 1;
        if (split is null)
            return;
        if (!_bySplit.TryGetValue(split, out var ofSplit))
            _bySplit[split] = ofSplit = new(StringComparer.Ordinal);
        ofSplit[label] = ofSplit.GetValueOrDefault(label) + 1;
    }
}
