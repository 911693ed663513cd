using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;

namespace Pipelines.Stages.Text.Splitting;

/// <summary>Which rows are shared out among the splits.</summary>
public enum SplitScope
{
    /// <summary>Every row; splits it has are replaced.</summary>
    All,

    /// <summary>Those of the training split, between training and validation, as Keras' <c>validation_split</c>; others stay.</summary>
    Train,
}

internal static class SplitScopes
{
    /// <summary>The split that each row keeps; null: it is to be shared out.</summary>
    /// <exception cref="StageException">There is no training split to share out.</exception>
    public static async Task<string?[]> KeptSplitsAsync(this SplitScope within, Table rows, CancellationToken cancellation)
    {
        var kept = new string?[checked((int)rows.Rows)];
        if (within == SplitScope.All)
            return kept;
        var next = 0;
        await foreach (var batch in rows.ReadAsync([Columns.Split + "?"], cancellation).ConfigureAwait(false))
        {
            var split = batch.SplitOf();
            for (var row = 0; row < batch.Count; row++)
                kept[next++] = split(row) == Splits.Train ? null : split(row);
        }
        return kept.Contains(null) ? kept : throw new StageException($"none of the rows has the split '{Splits.Train}'")
        {
            Help = "within: all shares out every row",
            Parameter = "within",
        };
    }

    /// <summary>The places of the rows to be shared out.</summary>
    public static int[] ToShare(string?[] kept) => [.. kept.Index().Where(row => row.Item is null).Select(row => row.Index)];
}
