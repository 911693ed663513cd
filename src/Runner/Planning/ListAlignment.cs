using System.Globalization;

namespace Pipelines.Runner.Planning;

/// <summary>
/// Finds which items of a list are which after an edit, so that an item put in the middle is one change and not one for each item behind
/// it. Items that are equal go together, then those of one case (two <c>lstm</c>), then what stands at the same place between them.
/// </summary>
internal static class ListAlignment
{
    private const string Parameters = "with.";
    private const int MaxPairs = 250_000;
    private const int Equal = 3;
    private const int SameCase = 2;

    /// <summary>Gives the reasons before an edit the names that they have after it, where they are in a list.</summary>
    /// <param name="before">Reasons by name; without those of items that are gone afterwards.</param>
    /// <returns>The items that are gone, under their old names.</returns>
    public static IReadOnlyList<FingerprintChange> Apply(Dictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        var (itemsBefore, itemsAfter) = (ItemsByList(before), ItemsByList(after));
        List<FingerprintChange> gone = [];
        foreach (var (list, old) in itemsBefore)
            if (itemsAfter.TryGetValue(list, out var now) && old.Count * now.Count <= MaxPairs)
                Rename(list, old, Matches(old, now), before, gone);
        return gone;
    }

    private static void Rename(
        string list, IReadOnlyList<Item> old, int?[] matches, Dictionary<string, string> before, List<FingerprintChange> gone)
    {
        foreach (var item in old)
            foreach (var (rest, _) in item.Parts)
                before.Remove(NameOf(list, item.Index, rest));
        for (var i = 0; i < old.Count; i++)
            foreach (var (rest, value) in old[i].Parts)
                if (matches[i] is { } index)
                    before.Add(NameOf(list, index, rest), value);
                else
                    gone.Add(new(NameOf(list, old[i].Index, rest), value, null));
    }

    /// <summary>For each old item its index now; null: it is gone.</summary>
    private static int?[] Matches(IReadOnlyList<Item> old, IReadOnlyList<Item> now)
    {
        var best = BestScores(old, now);
        var matches = new int?[old.Count];
        var (i, j, gapBefore, gapNow) = (0, 0, 0, 0);
        while (i < old.Count && j < now.Count)
            if (Score(old[i], now[j]) is > 0 and var score && best[i, j] == score + best[i + 1, j + 1])
            {
                PairInOrder(gapBefore, i, gapNow, j);
                matches[i] = now[j].Index;
                (gapBefore, gapNow) = (++i, ++j);
            }
            else if (best[i + 1, j] >= best[i, j + 1])
                i++;
            else
                j++;
        PairInOrder(gapBefore, old.Count, gapNow, now.Count);
        return matches;

        void PairInOrder(int fromBefore, int toBefore, int fromNow, int toNow)
        {
            for (; fromBefore < toBefore && fromNow < toNow; fromBefore++, fromNow++)
                matches[fromBefore] = now[fromNow].Index;
        }
    }

    /// <summary>The best score of what is left from two places on.</summary>
    private static int[,] BestScores(IReadOnlyList<Item> old, IReadOnlyList<Item> now)
    {
        var best = new int[old.Count + 1, now.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
            for (var j = now.Count - 1; j >= 0; j--)
            {
                var score = Score(old[i], now[j]);
                best[i, j] = Math.Max(score > 0 ? score + best[i + 1, j + 1] : 0, Math.Max(best[i + 1, j], best[i, j + 1]));
            }
        return best;
    }

    private static int Score(Item a, Item b) => a.Text == b.Text ? Equal : a.Case is not null && a.Case == b.Case ? SameCase : 0;

    /// <summary>
    /// The items of every list by the path before the index, in order. A list in a list belongs to an item of the outer one.
    /// </summary>
    private static Dictionary<string, List<Item>> ItemsByList(IReadOnlyDictionary<string, string> reasons) => reasons
        .Select(reason => (Place: Place(reason.Key), reason.Value)).Where(reason => reason.Place is not null)
        .GroupBy(reason => reason.Place!.Value.List, StringComparer.Ordinal)
        .ToDictionary(
            list => list.Key,
            list => list.GroupBy(part => part.Place!.Value.Index).OrderBy(item => item.Key)
                .Select(item => new Item(item.Key, [.. item.Select(part => KeyValuePair.Create(part.Place!.Value.Part, part.Value))
                    .OrderBy(part => part.Key, StringComparer.Ordinal)])).ToList(),
            StringComparer.Ordinal);

    /// <summary>Where a reason is in a list: <c>with.layers</c>, 2, <c>.lstm.units</c>; null: in none.</summary>
    private static (string List, int Index, string Part)? Place(string name)
    {
        if (!name.StartsWith(Parameters, StringComparison.Ordinal))
            return null;
        for (var start = name.IndexOf('.', Parameters.Length); start > 0; start = name.IndexOf('.', start + 1))
        {
            var end = name.IndexOf('.', start + 1) is var next and > 0 ? next : name.Length;
            if (int.TryParse(name.AsSpan(start + 1, end - start - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                return (name[..start], index, name[end..]);
        }
        return null;
    }

    private static string NameOf(string list, int index, string rest) =>
        string.Create(CultureInfo.InvariantCulture, $"{list}.{index}{rest}");

    /// <param name="Parts">What is said of the item, by the path inside it.</param>
    private sealed record Item(int Index, IReadOnlyList<KeyValuePair<string, string>> Parts)
    {
        public string Text { get; } = string.Join('\n', Parts.Select(part => $"{part.Key}={part.Value}"));

        public string? Case { get; } = Parts is [{ Key: "" } whole, ..] ? whole.Value : null;
    }
}
