using Pipelines.Stages.Measures;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>McNemar's tests between models that answered the same rows. With several models one is better by chance more often: the
/// p-values are corrected as in a comparison of all of them (Holm).</summary>
internal static class PairTests
{
    /// <summary>Where <see cref="PValues"/> has that of two models, of which the first one comes first.</summary>
    public static int PlaceOf(int first, int second, int models) => (first * models) - (first * (first + 1) / 2) + second - first - 1;

    /// <summary>Below which p-value a difference is told as one.</summary>
    public const double Significance = 0.05;

    /// <summary>The corrected p-value of the first model with each other one, in their order.</summary>
    public static double[] PValuesOfFirst(IReadOnlyList<IReadOnlyList<bool>> isRight) => PValues(isRight)[..(isRight.Count - 1)];

    /// <summary>The corrected p-values of all pairs: of the first model with each other one, of the second with each behind it, and so on.
    /// </summary>
    public static double[] PValues(IReadOnlyList<IReadOnlyList<bool>> isRight)
    {
        var pairs =
            from i in Enumerable.Range(0, isRight.Count)
            from second in isRight.Skip(i + 1)
            select McNemar.Of(isRight[i], second).PValue;
        return Holm.Corrected([.. pairs]);
    }
}
