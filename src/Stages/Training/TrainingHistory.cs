using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Training;

/// <summary>What a finished epoch came to.</summary>
/// <param name="Metrics">By name, e.g. <c>train.loss</c>, <c>validation.token_accuracy</c>.</param>
/// <param name="LearningRate">That of its last step.</param>
/// <param name="Step">How many steps there were until its end.</param>
internal sealed record EpochRecord(SortedDictionary<string, double> Metrics, double LearningRate, long Step);

/// <summary>What one batch gave, for curves finer than epochs.</summary>
/// <param name="Step">Of the optimizer, from 1.</param>
/// <param name="Epoch">From 1.</param>
internal sealed record StepRecord(long Step, int Epoch, double Loss, double LearningRate);

/// <param name="Best">Number of the epoch whose weights are kept, from 1.</param>
/// <param name="Steps">The first and every so many after it.</param>
/// <param name="Diverged">Null: all numbers were finite.</param>
internal sealed record TrainingHistory(List<EpochRecord> Epochs, int Best, List<StepRecord> Steps, Divergence? Diverged = null)
{
    public IReadOnlyDictionary<string, double> BestMetrics => Epochs[Best - 1].Metrics;

    /// <summary>A metric of each epoch, with the sign that makes smaller better.</summary>
    public static IReadOnlyList<double> ScoresBy(IReadOnlyList<EpochRecord> epochs, string metric) =>
        [.. epochs.Select(epoch => MetricNames.IsLowerBetter(metric) ? epoch.Metrics[metric] : -epoch.Metrics[metric])];

    /// <summary>The number of the best epoch by this metric; the first of equals.</summary>
    public static int BestBy(IReadOnlyList<EpochRecord> epochs, string metric)
    {
        var scores = ScoresBy(epochs, metric);
        var best = 0;
        for (var i = 1; i < scores.Count; i++)
            if (scores[i] < scores[best])
                best = i;
        return best + 1;
    }
}
