using System.Runtime.CompilerServices;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;

namespace Pipelines.Stages.Text.Splitting;

/// <summary>Writes the rows again, in their order, with the split each was given.</summary>
internal static class SplitAssignment
{
    /// <param name="splits">By row.</param>
    public static async Task<(Table Rows, Card Card)> WriteAsync(Table rows, string[] splits, StageContext context, CancellationToken cancellation)
    {
        var table = await context.Write.TableAsync(rows.Encoding, BatchesAsync(rows, splits, cancellation), cancellation).ConfigureAwait(false);
        return (table, await context.Write.CardAsync(CardOf(splits), cancellation).ConfigureAwait(false));
    }

    private static async IAsyncEnumerable<RowBatch> BatchesAsync(Table rows, string[] splits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var start = 0;
        await foreach (var batch in rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            yield return batch.With(new Values<string>(Columns.Split, splits[start..(start + batch.Count)]));
            start += batch.Count;
        }
    }

    private static CardContent CardOf(string[] splits) => new(new Grid("rows_by_split",
        [new("split"), new("rows"), new("share", ValueFormat.Percent)],
        [.. Splits.All
            .Select(split => (Split: split, Rows: (long)splits.Count(other => other == split)))
            .Where(entry => entry.Rows > 0)
            .Select(entry => new object?[] { entry.Split, entry.Rows, (double)entry.Rows / splits.Length })]));
}
