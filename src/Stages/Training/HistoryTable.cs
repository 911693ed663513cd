using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Training;

/// <summary>All that a training measured on its way, a row a number: <c>batch.loss</c> of single steps and the metrics of epochs.</summary>
internal static class HistoryTable
{
    public const string Epoch = "epoch";
    public const string Step = "step";
    public const string Measure = "measure";
    public const string Value = "value";

    public const string LearningRate = "learning_rate";

    private const string Batch = "batch";

    /// <param name="history">Null: nothing was trained.</param>
    public static Task<Table> WriteAsync(StageContext context, TrainingHistory? history, CancellationToken cancellation) =>
        context.Write.TableAsync(EncodingChain.Empty, new[] { Rows(history) }.ToAsyncEnumerable(), cancellation);

    private static RowBatch Rows(TrainingHistory? history)
    {
        List<(int Epoch, long Step, string Measure, double Value)> rows = history is null
            ? [] : [.. OfSteps(history).Concat(OfEpochs(history)).OrderBy(row => row.Step)];
        return new(rows.Count,
        [
            new Values<int>(Epoch, [.. rows.Select(row => row.Epoch)]), new Values<long>(Step, [.. rows.Select(row => row.Step)]),
            new Values<string>(Measure, [.. rows.Select(row => row.Measure)]),
            new Values<double>(Value, [.. rows.Select(row => row.Value)]),
        ]);
    }

    private static IEnumerable<(int, long Step, string, double)> OfSteps(TrainingHistory history) => history.Steps.SelectMany(
        step => new[]
        {
            (step.Epoch, step.Step, MetricNames.Of(Batch, MetricNames.Loss), step.Loss),
            (step.Epoch, step.Step, MetricNames.Of(Batch, LearningRate), step.LearningRate),
        });

    private static IEnumerable<(int, long Step, string, double)> OfEpochs(TrainingHistory history) => history.Epochs.SelectMany(
        (epoch, i) => epoch.Metrics.Append(new(LearningRate, epoch.LearningRate))
            .Select(metric => (i + 1, epoch.Step, metric.Key, metric.Value)));
}
