using Pipelines.Stages.Measures;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>McNemar's tests between models that answered the same rows. With several models one is better by chance more often: the
/// p-values are corrected as in a comparison of all of them (Holm).</summary>
internal static class PairTests
{
    /// <summary>Below which p-value a difference is told as one.</summary>
    public const double Significance = 0.05;

    /// <summary>The corrected p-value of the first model with each other one, in their order.</summary>
    public static double[] PValuesOfFirst(IReadOnlyList<IReadOnlyList<bool>> isRight)
    {
        var pairs =
            from i in Enumerable.Range(0, isRight.Count)
            from second in isRight.Skip(i + 1)
            select McNemar.Of(isRight[i], second).PValue;
        return Holm.Corrected([.. pairs])[..(isRight.Count - 1)];
    }
}
