namespace Pipelines.Stages.Measures;

/// <summary>
/// One measure on every fold, and what it says of other rows (Nadeau and Bengio, 2003, "Inference for the generalization error").
/// </summary>
/// <param name="Deviation">The standard deviation of a sample of folds.</param>
internal readonly record struct Resampled(double Mean, double Deviation, int Folds)
{
    public static Resampled Of(IReadOnlyList<double> folds)
    {
        var mean = folds.Average();
        return new(mean, Math.Sqrt(folds.Sum(value => (value - mean) * (value - mean)) / (folds.Count - 1)), folds.Count);
    }

    /// <summary>
    /// The standard error of the mean. Trainings of different folds share most of their rows, so their results are not independent: beside
    /// 1 / folds stands the share of rows tested to rows trained on, which is 1 / (folds − 1).
    /// </summary>
    private double Error => Deviation * Math.Sqrt((1.0 / Folds) + (1.0 / (Folds - 1)));

    public Interval IntervalAt(double confidence)
    {
        var half = StudentT.Quantile(confidence, Folds - 1) * Error;
        return new(Mean, Mean - half, Mean + half);
    }

    /// <summary>Of a mean of 0, two-sided.</summary>
    public double PValue => Error > 0 ? StudentT.TwoSided(Mean / Error, Folds - 1) : Mean == 0 ? 1 : 0;
}
