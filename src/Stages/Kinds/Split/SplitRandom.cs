using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text.Splitting;

namespace Pipelines.Stages.Kinds.Split;

/// <summary>Assigns rows to splits at random, repeating Python's or NumPy's shuffle bit for bit.</summary>
[Stage("split/random", Version = 2)]
public sealed class SplitRandom : Stage<SplitRandom.Inputs, SplitRandom.Params, SplitRandom.Outputs>
{
    public sealed record Inputs([Reads(Columns.Text, Columns.Label + "?", Columns.Raw + "?")] Table Rows);

    public sealed record Params(
        double Train = 0.8, double Validation = 0.1, ShuffleMethod Shuffle = ShuffleMethod.Numpy, int Seed = 0, double? NearTexts = null);

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Split)] Table Rows, Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var shares = new SplitShares(parameters.Train, parameters.Validation);
        shares.Check();
        var (rows, metrics, card) = await SplitAssignment.WriteAsync(
            inputs.Rows, Assign(checked((int)inputs.Rows.Rows), shares, parameters), parameters.NearTexts, context,
            cancellation).ConfigureAwait(false);
        return new(rows, metrics, card);
    }

    private static string[] Assign(int count, SplitShares shares, Params parameters)
    {
        var order = parameters.Shuffle == ShuffleMethod.None
            ? [.. Enumerable.Range(0, count)]
            : Shuffle.Of(parameters.Shuffle, (uint)parameters.Seed).Permutation(count);
        var splits = new string[count];
        foreach (var (row, split) in order.Zip(shares.Assign(count)))
            splits[row] = split;
        return splits;
    }
}
