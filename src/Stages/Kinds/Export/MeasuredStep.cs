using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Training;

namespace Pipelines.Stages.Kinds.Export;

/// <summary>A number of a training's history.</summary>
/// <param name="Measure">E.g. <c>validation.loss</c>.</param>
internal sealed record MeasuredStep(long Step, string Measure, double Value)
{
    /// <summary>As TensorBoard sorts curves into groups: <c>validation/loss</c>.</summary>
    public string Tag => Measure.Replace('.', '/');

    public static async Task<IReadOnlyList<MeasuredStep>> ReadAsync(Table history, CancellationToken cancellation)
    {
        List<MeasuredStep> measured = [];
        string[] columns = [HistoryTable.Step, HistoryTable.Measure, HistoryTable.Value];
        await foreach (var batch in history.ReadAsync(columns, cancellation).ConfigureAwait(false))
        {
            var (steps, measures) = (batch.Values<long>(HistoryTable.Step), batch.Values<string>(HistoryTable.Measure));
            var values = batch.Values<double>(HistoryTable.Value);
            measured.AddRange(Enumerable.Range(0, batch.Count).Select(row => new MeasuredStep(steps[row], measures[row], values[row])));
        }
        return measured;
    }
}
