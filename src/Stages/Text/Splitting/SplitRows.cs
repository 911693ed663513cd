using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Splitting;

/// <summary>The rows of a batch by the split they belong to.</summary>
internal static class SplitRows
{
    /// <summary>The split of each row.</summary>
    public static Func<int, string> SplitOf(this RowBatch batch)
    {
        if (!batch.Has(Columns.Split))
            return _ => Splits.None;
        var splits = batch.Values<string>(Columns.Split);
        return row => splits[row] ?? Splits.None;
    }
}
