using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Text.Splitting;

/// <summary>The classes of rows that are cut into folds.</summary>
/// <param name="OfRows">By row, the number of its class.</param>
/// <param name="Names">In the order in which they first occur.</param>
internal sealed record FoldedClasses(int[] OfRows, IReadOnlyList<string> Names)
{
    public static FoldedClasses Of(IReadOnlyList<string> labels)
    {
        string[] names = [.. labels.Distinct(StringComparer.Ordinal)];
        var numbers = names.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
        return new([.. labels.Select(label => numbers[label])], names);
    }

    /// <summary>Tells of classes that some folds have no row of; a class of a single row is never both learned and tested.</summary>
    public IEnumerable<CardItem> SmallerThan(int folds, int named)
    {
        var counts = OfRows.CountBy(number => number).OrderBy(count => count.Value).ThenBy(count => count.Key).ToList();
        var few = counts.Where(count => count.Value < folds).ToList();
        var single = counts.Where(count => count.Value == 1).ToList();
        if (single.Count > 0)
            yield return Warning("classes_of_one_row", single, named, folds);
        if (few.Count > single.Count)
            yield return Warning("classes_smaller_than_folds", [.. few.Skip(single.Count)], named, folds);
    }

    private Warning Warning(string name, List<KeyValuePair<int, int>> classes, int named, int folds) =>
        new(name, new Dictionary<string, object>
        {
            ["count"] = classes.Count,
            ["names"] = string.Join(", ", classes.Take(named).Select(count => Names[count.Key])) + (classes.Count > named ? ", …" : ""),
            ["folds"] = folds,
        });
}
