namespace Pipelines.Stages.Measures;

/// <summary>The answers whose confidence lies in one tenth of 0 to 1.</summary>
/// <param name="Confidence">Their mean.</param>
/// <param name="Accuracy">The share of them that is right.</param>
internal readonly record struct ConfidenceBin(long Rows, double Confidence, double Accuracy);

/// <summary>Whether a model is right as often as it says.</summary>
/// <param name="Bins">Those that have answers, by rising confidence.</param>
internal sealed record Calibration(IReadOnlyList<ConfidenceBin> Bins)
{
    private const int Count = 10;

    public static Calibration Of(IEnumerable<(double Confidence, bool Correct)> answers)
    {
        var bins = new (long Rows, double Confidence, long Correct)[Count];
        foreach (var (confidence, correct) in answers)
        {
            ref var bin = ref bins[Math.Clamp((int)(confidence * Count), 0, Count - 1)];
            bin = (bin.Rows + 1, bin.Confidence + confidence, bin.Correct + (correct ? 1 : 0));
        }
        return new([.. bins.Where(bin => bin.Rows > 0)
            .Select(bin => new ConfidenceBin(bin.Rows, bin.Confidence / bin.Rows, bin.Correct / (double)bin.Rows))]);
    }

    /// <summary>Expected calibration error: the mean distance between confidence and accuracy, bins weighted by their answers.</summary>
    public double Error
    {
        get
        {
            var rows = Bins.Sum(bin => bin.Rows);
            return Bins.Sum(bin => bin.Rows * Math.Abs(bin.Accuracy - bin.Confidence)) / Math.Max(1, rows);
        }
    }
}
