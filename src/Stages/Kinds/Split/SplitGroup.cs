using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Splitting;

namespace Pipelines.Stages.Kinds.Split;

/// <summary>Assigns rows to splits so that all rows of a group (an author, a patient) are in one of them.</summary>
[Stage("split/group", Version = 1)]
public sealed class SplitGroup : Stage<SplitGroup.Inputs, SplitGroup.Params, SplitGroup.Outputs>
{
    public sealed record Inputs(
        [Reads("{column}", Columns.Text, Columns.Label + "?", Columns.Raw + "?", Columns.Split + "?")] Table Rows);

    public sealed record Params(
        string Column, double Train = 0.8, double Validation = 0.1, ShuffleMethod Shuffle = ShuffleMethod.Numpy, int Seed = 0,
        double? NearTexts = null, SplitScope Within = SplitScope.All);

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Split)] Table Rows, Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var shares = new SplitShares(parameters.Train, parameters.Validation);
        shares.Check(parameters.Within);
        var splits = await parameters.Within.KeptSplitsAsync(inputs.Rows, cancellation).ConfigureAwait(false);
        var groups = await GroupsAsync(inputs.Rows, splits, parameters.Column, cancellation).ConfigureAwait(false);
        if (groups.Count < 2)
            throw new StageException($"all rows have the same '{parameters.Column}', so they cannot be shared out")
            {
                Parameter = "column",
            };
        Assign(groups, splits, shares, parameters);
        var (rows, metrics, card) = await SplitAssignment.WriteAsync(
            inputs.Rows, splits!, shares.Wanted, parameters.NearTexts, [CountsOf(groups, splits)], context, cancellation)
            .ConfigureAwait(false);
        return new(rows, metrics, card);
    }

    /// <returns>The places of each group's rows, in the order of first occurrence; a row without a group is one of its own.</returns>
    private static async Task<IReadOnlyList<List<int>>> GroupsAsync(
        Table table, string?[] kept, string column, CancellationToken cancellation)
    {
        List<List<int>> groups = [];
        Dictionary<string, List<int>> byName = new(StringComparer.Ordinal);
        var row = -1;
        await foreach (var batch in table.ReadAsync([column], cancellation).ConfigureAwait(false))
            for (var i = 0; i < batch.Count; i++)
            {
                if (kept[++row] is not null)
                    continue;
                var name = batch[column] is Values<string> names ? names[i] ?? "" : CellFormat.Of(batch[column], i);
                if (name.Length == 0 || !byName.TryGetValue(name, out var group))
                {
                    groups.Add(group = []);
                    if (name.Length > 0)
                        byName.Add(name, group);
                }
                group.Add(row);
            }
        return groups;
    }

    // Groups are laid one after the other in shuffled order; each goes where its middle row falls, so the shares are near those asked.
    private static void Assign(IReadOnlyList<List<int>> groups, string?[] splits, SplitShares shares, Params parameters)
    {
        var order = parameters.Shuffle == ShuffleMethod.None
            ? [.. Enumerable.Range(0, groups.Count)]
            : Shuffle.Of(parameters.Shuffle, (uint)parameters.Seed).Permutation(groups.Count);
        string[] places = [.. shares.Assign(groups.Sum(group => group.Count))];
        var next = 0;
        foreach (var group in order.Select(number => groups[number]))
        {
            foreach (var row in group)
                splits[row] = places[next + (group.Count / 2)];
            next += group.Count;
        }
    }

    private static Grid CountsOf(IReadOnlyList<List<int>> groups, string?[] splits) => new("groups_by_split",
        [new("split"), new("groups"), new("rows"), new("largest_group")],
        [.. groups.GroupBy(group => splits[group[0]]!).OrderBy(split => split.Key, Splits.Order).Select(split => new object?[]
        {
            split.Key, split.Count(), split.Sum(group => group.Count), split.Max(group => group.Count),
        })]);
}
