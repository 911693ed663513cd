using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Splitting;

namespace Pipelines.Stages.Text.Preparation;

/// <summary>How often each class name occurs in each split, and where it was first seen.</summary>
internal sealed class ClassCounts
{
    private readonly BySplit<Dictionary<string, long>> _counts = new();
    private readonly Dictionary<string, RowPlace> _first = new(StringComparer.Ordinal);
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
        RowPlaces places = new();
        RowPlace? missing = null;
        var fitted = 0L;
        await foreach (var batch in rows.ReadAsync([Columns.Label, Columns.Split + "?"], cancellation).ConfigureAwait(false))
        {
            var labels = batch.Values<string>(Columns.Label);
            var split = batch.SplitOf();
            for (var i = 0; i < batch.Count; i++)
            {
                var place = places.Next(split(i));
                if (string.IsNullOrWhiteSpace(labels[i]))
                    missing ??= place;
                else
                    counts.Add(nameOf(labels[i]), place);
                if (fit.IsFitted(split(i)))
                    fitted++;
            }
        }
        if (missing is not null)
            throw new StageException($"There is no label in {missing}.") { Help = "Remove the row or give it a label." };
        fit.CheckFitted(fitted, rows.Rows);
        return counts;
    }

    /// <summary>Rows of a split whose name is not among <paramref name="known"/>.</summary>
    public static long Unknown(Dictionary<string, long> split, IReadOnlySet<string> known) =>
        split.Where(name => !known.Contains(name.Key)).Sum(name => name.Value);

    /// <summary>Names that are not among <paramref name="known"/>, where each was first seen.</summary>
    public IReadOnlyList<(string Name, RowPlace First)> Unknown(IReadOnlySet<string> known) =>
        [.. _first.Where(name => !known.Contains(name.Key))
            .OrderBy(name => name.Value.Split, Contracts.Splits.Order).ThenBy(name => name.Value.Row)
            .Select(name => (name.Key, name.Value))];

    private void Add(string name, RowPlace place)
    {
        var split = place.Split;
        var counts = _counts[split];
        counts[name] = counts.GetValueOrDefault(name) + 1;
        _first.TryAdd(name, place);
        if (_fit.IsFitted(split))
            Fitted[name] = Fitted.GetValueOrDefault(name) + 1;
    }
}
