namespace Pipelines.Stages.Training;

/// <summary>Metrics by name after each epoch, e.g. <c>train.loss</c>, <c>validation.token_accuracy</c>.</summary>
/// <param name="Best">Number of the epoch whose weights are kept, from 1.</param>
internal sealed record TrainingHistory(List<SortedDictionary<string, double>> Epochs, int Best)
{
    public IReadOnlyDictionary<string, double> BestMetrics => Epochs[Best - 1];

    /// <summary>Whether smaller values of this metric are better.</summary>
    public static bool IsLoss(string metric) => metric.EndsWith("loss", StringComparison.Ordinal);

    /// <summary>The number of the best epoch by this metric; the first of equals.</summary>
    public static int BestBy(IReadOnlyList<SortedDictionary<string, double>> epochs, string metric)
    {
        var sign = IsLoss(metric) ? -1 : 1;
        var best = 0;
        for (var i = 1; i < epochs.Count; i++)
            if (sign * epochs[i][metric] > sign * epochs[best][metric])
                best = i;
        return best + 1;
    }
}
