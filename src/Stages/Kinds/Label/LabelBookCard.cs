using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Kinds.Label;

/// <summary>
/// The most frequent labels with their meaning and the chapters and blocks they lie in, then how often each of those is there.
/// </summary>
/// <param name="counts">Rows by label.</param>
internal sealed class LabelBookCard(SortedDictionary<string, long> counts, LabelMeanings book, CodeRanges? ranges)
{
    private const int LabelsShown = 30;

    /// <param name="entries">Of the book.</param>
    /// <param name="unknown">Labels that the book lacks.</param>
    public CardContent Content(int entries, IReadOnlyList<KeyValuePair<string, long>> unknown)
    {
        List<CardItem> items =
        [
            new Fact("entries_of_the_book", entries),
            new Fact("labels_with_meaning", counts.Count - unknown.Count),
            Labels(),
        ];
        if (ranges is not null)
            items.Add(new Grid("labels_by_range",
                [
                    new("range", ValueFormat.Code), new("meaning"), new("within"), new("labels"), new("rows"),
                    new("share", ValueFormat.Percent),
                ],
                [.. Ranges(ranges)]));
        if (unknown.Count > 0)
            items.Add(new Warning("labels_without_meaning", new Dictionary<string, object>
            {
                ["count"] = unknown.Count,
                ["names"] = string.Join(", ", unknown.Take(5).Select(label => label.Key)) + (unknown.Count > 5 ? ", …" : ""),
            }));
        return new([.. items]);
    }

    private Grid Labels()
    {
        List<GridColumn> columns = [new("label", ValueFormat.Code), new("meaning"), new("rows")];
        if (ranges is not null)
            columns.Insert(2, new("within"));
        return new("labels_and_meanings", columns,
            [.. counts.OrderByDescending(label => label.Value).ThenBy(label => label.Key, StringComparer.Ordinal).Take(LabelsShown)
                .Select(label => (IReadOnlyList<object?>)(ranges is null
                    ? [label.Key, book.MeaningOf(label.Key), label.Value]
                    : [label.Key, book.MeaningOf(label.Key), Path(ranges.Of(label.Key)), label.Value]))]);
    }

    private IEnumerable<IReadOnlyList<object?>> Ranges(CodeRanges all)
    {
        Dictionary<CodeRange, (int Labels, long Rows)> inside = [];
        foreach (var (label, rows) in counts)
            foreach (var range in all.Of(label))
                inside[range] = (inside.GetValueOrDefault(range).Labels + 1, inside.GetValueOrDefault(range).Rows + rows);
        var sum = (double)Math.Max(1, counts.Values.Sum());
        return all.All.Where(inside.ContainsKey).Select(range => (IReadOnlyList<object?>)
        [
            range.Written, range.Meaning, Path(all.Of(range.First).TakeWhile(wider => wider != range)), inside[range].Labels,
            inside[range].Rows, inside[range].Rows / sum,
        ]);
    }

    private static string? Path(IEnumerable<CodeRange> ranges) =>
        string.Join(" › ", ranges.Select(range => range.Meaning)) is { Length: > 0 } path ? path : null;
}
