using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Measures;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>McNemar's tests between models that answered the same rows. With several models one is better by chance more often: the
/// p-values are corrected as in a comparison of all of them (Holm).</summary>
internal static class PairTests
{
    /// <summary>Below which p-value a difference is told as one.</summary>
    public const double Significance = 0.05;

    /// <summary>Variants of what is said of a difference that is told as one.</summary>
    public const string Better = "_better";
    public const string Worse = "_worse";

    /// <param name="difference">Of the one that is spoken of, less the other.</param>
    public static string Variant(double difference, double pValue) =>
        pValue >= Significance ? "" : difference > 0 ? Better : Worse;

    /// <summary>What sentences say of a difference: both shares of right answers, first less second with its interval, the test.</summary>
    public static Dictionary<string, FindingValue> Values(Rival first, Rival second, double pValue)
    {
        var (low, high) = McNemar.Of(first.IsRight, second.IsRight).DifferenceInterval(first.IsRight.Count);
        return new()
        {
            ["right"] = FindingValue.Share(first.Share),
            ["other_right"] = FindingValue.Share(second.Share),
            ["difference"] = new(first.Share - second.Share, ValueFormat.Points),
            ["low"] = new(low, ValueFormat.Points),
            ["high"] = new(high, ValueFormat.Points),
            ["p"] = FindingValue.PValue(pValue),
            // The interval is of this pair alone, and without the test's correction for small numbers: it may leave out 0 all the same.
            ["but"] = FindingValue.Clauses(
                "finding_interval_only", pValue >= Significance && (low > 0 || high < 0) ? [new Dictionary<string, FindingValue>()] : []),
        };
    }

    /// <summary>The corrected p-value of each pair of models, by their places, in either order.</summary>
    public static IReadOnlyDictionary<(int First, int Second), double> PValues(IReadOnlyList<IReadOnlyList<bool>> isRight)
    {
        List<(int First, int Second)> pairs =
        [
            .. from first in Enumerable.Range(0, isRight.Count)
               from second in Enumerable.Range(first + 1, isRight.Count - first - 1)
               select (first, second),
        ];
        var tested = pairs.Zip(Holm.Corrected([.. pairs.Select(pair => McNemar.Of(isRight[pair.First], isRight[pair.Second]).PValue)]))
            .ToDictionary(pair => pair.First, pair => pair.Second);
        foreach (var (first, second) in pairs)
            tested[(second, first)] = tested[(first, second)];
        return tested;
    }
}
