using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Kinds.Evaluate;

/// <summary>The table every evaluation gives: text, label, predicted, confidence, correct, split.</summary>
internal static class PredictionsTable
{
    private const int RowsPerBatch = 16_384;

    public static Task<Table> WriteAsync(
        StageContext context, EncodingChain encoding, IReadOnlyList<PredictedRow> rows, CancellationToken cancellation) =>
        context.Write.TableAsync(encoding, Batches(rows).ToAsyncEnumerable(), cancellation);

    private static IEnumerable<RowBatch> Batches(IReadOnlyList<PredictedRow> rows) =>
        rows.Count == 0 ? [Batch([])] : rows.Chunk(RowsPerBatch).Select(Batch);

    private static RowBatch Batch(PredictedRow[] rows) => new(rows.Length,
    [
        new Values<string>(Columns.Split, Array.ConvertAll(rows, row => row.Split)),
        new Values<string>(Columns.Text, Array.ConvertAll(rows, row => row.Text)),
        new Values<string>(Columns.Label, Array.ConvertAll(rows, row => row.Label)),
        new Values<string>(Columns.Predicted, Array.ConvertAll(rows, row => row.Prediction.Label)),
        new Values<double>(Columns.Confidence, Array.ConvertAll(rows, row => row.Prediction.Confidence)),
        new Values<bool>(Columns.Correct, Array.ConvertAll(rows, row => row.Correct)),
    ]);
}
