using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text.Splitting;

namespace Pipelines.Stages.Kinds.Split;

/// <summary>Assigns rows to splits so that every label has nearly the same shares in each.</summary>
[Stage("split/stratified", Version = 3)]
public sealed class SplitStratified : Stage<SplitStratified.Inputs, SplitStratified.Params, SplitStratified.Outputs>
{
    public sealed record Inputs([Reads(Columns.Text, Columns.Label, Columns.Raw + "?", Columns.Split + "?")] Table Rows);

    public sealed record Params(
        double Train = 0.8, double Validation = 0.1, ShuffleMethod Shuffle = ShuffleMethod.Numpy, int Seed = 0, double? NearTexts = null,
        SplitScope Within = SplitScope.All);

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Split)] Table Rows, Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var shares = new SplitShares(parameters.Train, parameters.Validation);
        shares.Check(parameters.Within);
        var splits = await parameters.Within.KeptSplitsAsync(inputs.Rows, cancellation).ConfigureAwait(false);
        var byLabel = await RowsByLabel.OfAsync(inputs.Rows, splits, cancellation).ConfigureAwait(false);
        Assign(byLabel, splits, shares, parameters);
        var (rows, metrics, card) = await SplitAssignment.WriteAsync(
            inputs.Rows, splits!, shares.Wanted, parameters.NearTexts, [], context, cancellation).ConfigureAwait(false);
        return new(rows, metrics, card);
    }

    // Rows of a label are shuffled among themselves, labels laid side by side by their relative place, and the whole cut once: every label
    // then has its shares to within one row, and the totals are those of an unstratified split.
    private static void Assign(SortedDictionary<string, List<int>> byLabel, string?[] splits, SplitShares shares, Params parameters)
    {
        var shuffle = Shuffle.Of(parameters.Shuffle, (uint)parameters.Seed);
        var places = byLabel.Values.SelectMany((rows, label) =>
        {
            var order = parameters.Shuffle == ShuffleMethod.None ? [.. Enumerable.Range(0, rows.Count)] : shuffle.Permutation(rows.Count);
            return order.Select((position, rank) => (Place: (rank + 0.5) / rows.Count, Label: label, Row: rows[position]));
        }).OrderBy(place => place.Place).ThenBy(place => place.Label);
        foreach (var (place, split) in places.Zip(shares.Assign(splits.Count(split => split is null))))
            splits[place.Row] = split;
    }
}
