using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Kinds.Compare;

/// <summary>The rows to which models gave different answers: one row a model.</summary>
internal static class DifferencesTable
{
    private const int RowsPerBatch = 8_192;

    public static Task<Table> WriteAsync(StageContext context, string split, PairedPredictions paired, CancellationToken cancellation)
    {
        int[] rows = [.. Enumerable.Range(0, paired.Rows)
            .Where(row => paired.Predicted.Exists(predicted => predicted[row] != paired.Predicted[0][row]))];
        var batches = rows.Length == 0 ? [Batch([], split, paired)] : rows.Chunk(RowsPerBatch).Select(part => Batch(part, split, paired));
        return context.Write.TableAsync(EncodingChain.Empty, batches.ToAsyncEnumerable(), cancellation);
    }

    private static RowBatch Batch(int[] rows, string split, PairedPredictions paired)
    {
        (int Row, int Model)[] entries = [.. rows.SelectMany(_ => Enumerable.Range(0, paired.Models), (row, model) => (row, model))];
        return new(entries.Length,
        [
            new Values<string>(Columns.Split, Array.ConvertAll(entries, _ => split)),
            new Values<int>("row", Array.ConvertAll(entries, entry => entry.Row + 1)),
            new Values<string>(Columns.Text, Array.ConvertAll(entries, entry => paired.Texts[entry.Row])),
            new Values<string>(Columns.Label, Array.ConvertAll(entries, entry => paired.Names[paired.Labels[entry.Row]])),
            new Values<string>("model", Array.ConvertAll(entries, entry => PairedPredictions.NameOf(entry.Model))),
            new Values<string>(Columns.Predicted,
                Array.ConvertAll(entries, entry => paired.Names[paired.Predicted[entry.Model][entry.Row]])),
            new Values<bool>(Columns.Correct, Array.ConvertAll(entries, entry => paired.Correct[entry.Model][entry.Row])),
        ]);
    }
}
