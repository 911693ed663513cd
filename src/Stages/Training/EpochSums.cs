using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Training;

/// <summary>Running sums of an epoch's loss and right predictions.</summary>
/// <param name="Batches">How many batches they hold.</param>
/// <param name="Count">How many things were predicted.</param>
/// <param name="Further">Sums of further measures by name; null: there are none.</param>
internal sealed record EpochSums(
    int Batches = 0, double LossSum = 0, long Correct = 0, long Count = 0, IReadOnlyDictionary<string, double>? Further = null)
{
    public double Loss => Count == 0 ? 0 : LossSum / Count;

    public double Accuracy => Count == 0 ? 0 : Correct / (double)Count;

    public EpochSums With(BatchResult result) => new(
        Batches + 1, LossSum + (result.Loss.item<float>() * (double)result.Count), Correct + result.Correct.item<long>(),
        Count + result.Count, result.Further.Count == 0 ? Further : result.Further.ToDictionary(
            measure => measure.Key,
            measure => (Further?.GetValueOrDefault(measure.Key) ?? 0) + (measure.Value.item<float>() * (double)result.Count)));

    /// <summary>The metrics of a split by name.</summary>
    /// <param name="accuracyName">How the share of right predictions is called.</param>
    public IEnumerable<KeyValuePair<string, double>> Metrics(string split, string accuracyName)
    {
        yield return new(MetricNames.Of(split, MetricNames.Loss), Loss);
        yield return new(MetricNames.Of(split, accuracyName), Accuracy);
        foreach (var (name, sum) in Further ?? new Dictionary<string, double>())
            yield return new(MetricNames.Of(split, name), Count == 0 ? 0 : sum / Count);
    }
}
