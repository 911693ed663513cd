using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Measures;

namespace Pipelines.Stages.Kinds.Evaluate;

/// <summary>Whether rare classes are found as well as frequent ones, in the report.</summary>
internal static class FrequencyFigure
{
    /// <summary>With fewer classes there is nothing to see.</summary>
    private const int MinClasses = 3;

    private const int MaxPoints = 40;

    // Each about twice the one before.
    private static readonly long[] Bounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, long.MaxValue];

    /// <summary>A point a class where they can be told apart, else the mean of the classes of like frequency.</summary>
    public static IEnumerable<CardItem> Of(ClassificationReport report)
    {
        var classes = report.Classes.Where(entry => entry.Scores.Support > 0).ToList();
        if (classes.Count < MinClasses)
            yield break;
        if (classes.Count <= MaxPoints)
        {
            yield return new ScatterFigure("f1_by_frequency", "support", "f1_score",
                [.. classes.Select(entry => new ScatterPoint(entry.Name, "class", entry.Scores.Support, entry.Scores.F1))]);
            yield break;
        }
        var bins = Bounds.Zip(Bounds.Skip(1))
            .Select(bin => (bin.First, bin.Second,
                F1: classes.Where(entry => entry.Scores.Support >= bin.First && entry.Scores.Support < bin.Second)
                    .Select(entry => entry.Scores.F1).ToList()))
            .Where(bin => bin.F1.Count > 0).ToList();
        yield return new BarFigure("f1_by_frequency", "support", "f1_score", [.. bins.Select(bin => Name(bin.First, bin.Second))],
            [new("mean_f1", [.. bins.Select(bin => bin.F1.Average())])], ValueFormat.Decimal);
    }

    private static string Name(long first, long end) =>
        end == long.MaxValue ? $"≥ {first}" : end == first + 1 ? $"{first}" : $"{first}–{end - 1}";
}
