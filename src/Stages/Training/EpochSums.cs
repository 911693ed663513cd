namespace Pipelines.Stages.Training;

/// <summary>Running sums of an epoch's loss and right predictions.</summary>
/// <param name="Batches">How many batches they hold.</param>
/// <param name="Count">How many things were predicted.</param>
internal sealed record EpochSums(int Batches = 0, double LossSum = 0, long Correct = 0, long Count = 0)
{
    public double Loss => Count == 0 ? 0 : LossSum / Count;

    public double Accuracy => Count == 0 ? 0 : Correct / (double)Count;

    public EpochSums With(BatchResult result) => new(
        Batches + 1, LossSum + (result.Loss.item<float>() * (double)result.Count), Correct + result.Correct.item<long>(),
        Count + result.Count);
}
