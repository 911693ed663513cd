using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;

namespace Pipelines.Stages.Kinds.Describe;

/// <summary>How often each value of one column occurs with each of another.</summary>
internal sealed class Crosstab
{
    private readonly Dictionary<(string Row, string Column), long> _counts;
    private readonly Dictionary<string, long> _rows;
    private readonly Dictionary<string, long> _columns;

    private Crosstab(Dictionary<(string Row, string Column), long> counts)
    {
        _counts = counts;
        _rows = Sums(counts, pair => pair.Row);
        _columns = Sums(counts, pair => pair.Column);
        (Rows, Columns) = (Sorted(_rows), Sorted(_columns));
        Total = counts.Values.Sum();
    }

    /// <summary>Most frequent first.</summary>
    public IReadOnlyList<string> Rows { get; }

    /// <summary>Most frequent first.</summary>
    public IReadOnlyList<string> Columns { get; }

    public long Total { get; }

    public static async Task<Crosstab> CountAsync(Table table, string rows, string columns, CancellationToken cancellation)
    {
        Dictionary<(string, string), long> counts = [];
        await foreach (var batch in table.ReadAsync([rows, columns], cancellation).ConfigureAwait(false))
            for (var row = 0; row < batch.Count; row++)
            {
                var pair = (CellFormat.Of(batch[rows], row), CellFormat.Of(batch[columns], row));
                counts[pair] = counts.GetValueOrDefault(pair) + 1;
            }
        return new(counts);
    }

    public long Count(string row, string column) => _counts.GetValueOrDefault((row, column));

    public long OfRow(string row) => _rows[row];

    /// <summary>The count where the two columns had nothing to do with each other.</summary>
    public double Expected(string row, string column) => _rows[row] * (double)_columns[column] / Total;

    /// <summary>The pairs that occur, most frequent first.</summary>
    public IEnumerable<(string Row, string Column, long Count)> Pairs() =>
        _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.Row, StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.Column, StringComparer.Ordinal).Select(pair => (pair.Key.Row, pair.Key.Column, pair.Value));

    /// <summary>Pearson's, without a correction for continuity.</summary>
    public double ChiSquare() => _rows.Keys.Sum(row => _columns.Keys.Sum(column =>
        (Count(row, column) - Expected(row, column)) is var difference ? difference * difference / Expected(row, column) : 0));

    /// <summary>From 0, no association, to 1: one value tells the other. Null: a column has one value only.</summary>
    public double? CramersV()
    {
        var degrees = Math.Min(_rows.Count, _columns.Count) - 1;
        return degrees == 0 ? null : Math.Sqrt(ChiSquare() / (Total * (double)degrees));
    }

    /// <summary>Only the most frequent values of each.</summary>
    public Crosstab Top(int count)
    {
        var (rows, columns) = (Rows.Take(count).ToHashSet(), Columns.Take(count).ToHashSet());
        return new(_counts.Where(pair => rows.Contains(pair.Key.Row) && columns.Contains(pair.Key.Column)).ToDictionary());
    }

    private static Dictionary<string, long> Sums(
        Dictionary<(string Row, string Column), long> counts, Func<(string Row, string Column), string> of) =>
        counts.GroupBy(pair => of(pair.Key)).ToDictionary(
            group => group.Key, group => group.Sum(pair => pair.Value), StringComparer.Ordinal);

    private static string[] Sorted(Dictionary<string, long> sums) =>
        [.. sums.OrderByDescending(sum => sum.Value).ThenBy(sum => sum.Key, StringComparer.Ordinal).Select(sum => sum.Key)];
}
