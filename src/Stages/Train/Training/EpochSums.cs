namespace Pipelines.Stages.Train.Training;

/// <summary>Running sums of an epoch's loss and right predictions.</summary>
internal sealed class EpochSums
{
    private double _loss;
    private double _correct;
    private long _count;

    public double Loss => _count == 0 ? 0 : _loss / _count;

    public double Accuracy => _count == 0 ? 0 : _correct / _count;

    public void Add(BatchResult result)
    {
        _loss += result.Loss.item<float>() * (double)result.Count;
        _correct += result.Correct.item<long>();
        _count += result.Count;
    }
}
