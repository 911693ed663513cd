using System.Runtime.CompilerServices;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;

namespace Pipelines.Stages.Text.Splitting;

/// <summary>Writes the rows again, in their order, with the split each was given, and says which texts of other splits training sees
/// too.</summary>
internal static class SplitAssignment
{
    /// <param name="splits">By row.</param>
    /// <param name="wanted">The splits that are to have rows: one that got none is told.</param>
    /// <param name="more">What the card says besides.</param>
    /// <exception cref="StageException">No row is left for training.</exception>
    /// <param name="near">As <see cref="SplitLeaks"/> takes it.</param>
    public static async Task<(Table Rows, Metrics Metrics, Card Card)> WriteAsync(
        Table rows, string[] splits, IEnumerable<string> wanted, double? near, IEnumerable<CardItem> more, StageContext context,
        CancellationToken cancellation)
    {
        var empty = wanted.Except(splits).ToList();
        if (empty.Contains(Splits.Train) && rows.Rows > 0)
            throw new StageException($"of {rows.Rows} rows none is left for training") { Parameter = "train" };
        var leaks = new SplitLeaks(near);
        var table = await context.Write.TableAsync(rows.Encoding, BatchesAsync(rows, splits, leaks, cancellation), cancellation)
            .ConfigureAwait(false);
        var counted = leaks.Count();
        return (
            table,
            await context.Write.MetricsAsync(counted.Metrics(), cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(new([.. counted.CardItems(empty), .. more]), cancellation).ConfigureAwait(false));
    }

    private static async IAsyncEnumerable<RowBatch> BatchesAsync(
        Table rows, string[] splits, SplitLeaks leaks, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var start = 0;
        await foreach (var batch in rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            var texts = batch.Values<string>(Columns.Text);
            var labels = batch.Has(Columns.Label) ? batch.Values<string>(Columns.Label) : null;
            for (var row = 0; row < batch.Count; row++)
                leaks.Add(splits[start + row], texts[row] ?? "", labels?[row]);
            yield return batch.With(new Values<string>(Columns.Split, splits[start..(start + batch.Count)]));
            start += batch.Count;
        }
    }
}
