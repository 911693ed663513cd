using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Splitting;

/// <summary>The rows of a batch by the split they belong to.</summary>
internal static class SplitRows
{
    /// <summary>Stands for the split of rows that have none.</summary>
    public const string NoSplit = "all";

    /// <summary>The split of each row.</summary>
    public static Func<int, string> Splits(this RowBatch batch)
    {
        if (!batch.Has("split"))
            return _ => NoSplit;
        var splits = batch.Values<string>("split");
        return row => splits[row] ?? NoSplit;
    }
}
