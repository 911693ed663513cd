using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Splitting;

namespace Pipelines.Stages.Text.Preparation;

/// <summary>How often each class name occurs in each split, and where it was first seen.</summary>
internal sealed class ClassCounts
{
    private readonly BySplit<Dictionary<string, long>> _counts = new();
    private readonly Dictionary<string, (string Split, long Row)> _first = new(StringComparer.Ordinal);
    private readonly FitSplit _fit;

    private ClassCounts(FitSplit fit) => _fit = fit;

    public IEnumerable<KeyValuePair<string, Dictionary<string, long>>> Splits => _counts;

    /// <summary>The names in the fitted rows with their counts, in alphabetical (code point) order.</summary>
    public SortedDictionary<string, long> Fitted { get; } = new(StringComparer.Ordinal);

    /// <param name="nameOf">The class name of a label.</param>
    /// <exception cref="StageException">A row has no label.</exception>
    public static async Task<ClassCounts> OfAsync(Table rows, Func<string, string> nameOf, FitSplit fit, CancellationToken cancellation)
    {
        var counts = new ClassCounts(fit);
        var row = 0L;
        var fitted = 0L;
        await foreach (var batch in rows.ReadAsync([Columns.Label, Columns.Split + "?"], cancellation).ConfigureAwait(false))
        {
            var labels = batch.Values<string>(Columns.Label);
            var split = batch.SplitOf();
            for (var i = 0; i < batch.Count; i++, row++)
            {
                if (string.IsNullOrWhiteSpace(labels[i]))
                    throw new StageException($"Row {row + 1} has no label.") { Help = "Remove the row or give it a label." };
                counts.Add(nameOf(labels[i]), split(i), row);
                if (fit.IsFitted(split(i)))
                    fitted++;
            }
        }
        fit.CheckFitted(fitted, rows.Rows);
        return counts;
    }

    /// <summary>Rows of a split whose name is not among <paramref name="known"/>.</summary>
    public static long Unknown(Dictionary<string, long> split, IReadOnlySet<string> known) =>
        split.Where(name => !known.Contains(name.Key)).Sum(name => name.Value);

    /// <summary>Names that are not among <paramref name="known"/>, where each was first seen, in row order (rows count from 1).</summary>
    public IReadOnlyList<(string Name, string Split, long Row)> Unknown(IReadOnlySet<string> known) =>
        [.. _first.Where(name => !known.Contains(name.Key)).OrderBy(name => name.Value.Row)
            .Select(name => (name.Key, name.Value.Split, name.Value.Row + 1))];

    private void Add(string name, string split, long row)
    {
        var counts = _counts[split];
        counts[name] = counts.GetValueOrDefault(name) + 1;
        _first.TryAdd(name, (split, row));
        if (_fit.IsFitted(split))
            Fitted[name] = Fitted.GetValueOrDefault(name) + 1;
    }
}
