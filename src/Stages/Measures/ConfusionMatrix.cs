namespace Pipelines.Stages.Measures;

/// <summary>How often each true class (row) was predicted as each class (column).</summary>
internal sealed class ConfusionMatrix
{
    private readonly Dictionary<(string True, string Predicted), long> _counts = [];

    public ConfusionMatrix(IEnumerable<(string True, string Predicted)> pairs)
    {
        foreach (var pair in pairs)
            _counts[pair] = _counts.GetValueOrDefault(pair) + 1;
    }

    public IReadOnlyList<IReadOnlyList<double>> Counts(IReadOnlyList<string> classes) =>
        [.. classes.Select(truth => (IReadOnlyList<double>)[.. classes.Select(predicted => (double)Count(truth, predicted))])];

    /// <summary>Each row divided by its sum; rows without texts stay 0.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Shares(IReadOnlyList<string> classes) =>
        [.. Counts(classes).Select(row => (IReadOnlyList<double>)[.. row.Select(count => row.Sum() is var sum and > 0 ? count / sum : 0)])];

    /// <summary>The pairs of different classes taken for each other most often, with their share of the true class.</summary>
    public IEnumerable<(string True, string Predicted, long Count, double Share)> MostConfused(int count)
    {
        var totals = _counts.GroupBy(entry => entry.Key.True, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(entry => entry.Value));
        return _counts.Where(entry => entry.Key.True != entry.Key.Predicted)
            .OrderByDescending(entry => entry.Value)
            .ThenBy(entry => entry.Key.True, StringComparer.Ordinal).ThenBy(entry => entry.Key.Predicted, StringComparer.Ordinal)
            .Take(count)
            .Select(entry => (entry.Key.True, entry.Key.Predicted, entry.Value, entry.Value / (double)totals[entry.Key.True]));
    }

    private long Count(string truth, string predicted) => _counts.GetValueOrDefault((truth, predicted));
}
