using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text.Splitting;

namespace Pipelines.Stages.Kinds.Split;

/// <summary>Assigns rows to splits at random, repeating Python's or NumPy's shuffle bit for bit.</summary>
[Stage("split/random", Version = 3)]
public sealed class SplitRandom : Stage<SplitRandom.Inputs, SplitRandom.Params, SplitRandom.Outputs>
{
    public sealed record Inputs([Reads(Columns.Text, Columns.Label + "?", Columns.Raw + "?", Columns.Split + "?")] Table Rows);

    public sealed record Params(
        double Train = 0.8, double Validation = 0.1, ShuffleMethod Shuffle = ShuffleMethod.Numpy, int Seed = 0, double? NearTexts = null,
        SplitScope Within = SplitScope.All);

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Split)] Table Rows, Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var shares = new SplitShares(parameters.Train, parameters.Validation);
        shares.Check(parameters.Within);
        var splits = await parameters.Within.KeptSplitsAsync(inputs.Rows, cancellation).ConfigureAwait(false);
        Assign(splits, shares, parameters);
        var (rows, metrics, card) = await SplitAssignment.WriteAsync(
            inputs.Rows, splits!, shares.Wanted, parameters.NearTexts, [], context, cancellation).ConfigureAwait(false);
        return new(rows, metrics, card);
    }

    private static void Assign(string?[] splits, SplitShares shares, Params parameters)
    {
        var rows = SplitScopes.ToShare(splits);
        var order = parameters.Shuffle == ShuffleMethod.None
            ? [.. Enumerable.Range(0, rows.Length)]
            : Shuffle.Of(parameters.Shuffle, (uint)parameters.Seed).Permutation(rows.Length);
        foreach (var (place, split) in order.Zip(shares.Assign(rows.Length)))
            splits[rows[place]] = split;
    }
}
