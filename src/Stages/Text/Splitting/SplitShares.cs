using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Splitting;

/// <summary>How rows are shared out: first <c>train</c>, then <c>validation</c>, the rest is <c>test</c>.</summary>
internal sealed record SplitShares(double Train, double Validation)
{
    // 0.8 + 0.1 is a little less than 0.9 in binary; no share is lost to that.
    private const double Rounding = 1e-9;

    /// <exception cref="StageException">The shares are more than the whole, or leave a rest where none may be left.</exception>
    public void Check(SplitScope within)
    {
        if (within == SplitScope.Train && Train + Validation < 1 - Rounding)
            throw new StageException($"train and validation take {Train + Validation:0.###} of the training rows together, not all of them")
            {
                Help = "the test split stays as it is, so the two shares have to be 1 together",
                Parameter = "validation",
            };
        if (Train + Validation > 1 + Rounding)
            throw new StageException($"train and validation take {Train + Validation:0.###} of the rows together, more than there are")
            {
                Parameter = "validation",
            };
    }

    /// <summary>The splits that are to have rows.</summary>
    public IEnumerable<string> Wanted =>
        new[] { (Splits.Train, Train), (Splits.Validation, Validation), (Splits.Test, 1 - Train - Validation) }
        .Where(share => share.Item2 > Rounding).Select(share => share.Item1);

    /// <summary>The split of each place in a shuffled order of <paramref name="count"/> rows: cuts are rounded down, as course code
    /// does.</summary>
    public IEnumerable<string> Assign(int count)
    {
        var train = (int)(count * Train + Rounding);
        var validation = (int)(count * (Train + Validation) + Rounding);
        for (var place = 0; place < count; place++)
            yield return place < train ? Splits.Train : place < validation ? Splits.Validation : Splits.Test;
    }
}
