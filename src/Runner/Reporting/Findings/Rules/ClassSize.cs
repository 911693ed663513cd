using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Classes with few rows to learn from are recognized less often than the others.</summary>
internal sealed class ClassSize : IFindingRule
{
    private const double WorthSaying = 0.15;
    private const double Hardly = 0.35;
    private const int MaxPoints = 60;

    // Nearly all classes are not the rare ones.
    private const int MinPart = 10;

    private static readonly long[] Limits = [5, 10, 20, 50, 100, 200, 500, 1000, 2000];

    public string Id => "class_size";

    public FindingTopic Topic => FindingTopic.Classes;

    public Finding? Of(FindingData data)
    {
        var labels = data.Labels.Where(label => label.Learned > 0).ToList();
        if (labels.Count < 3)
            return null;
        var cut = Limits.Select(limit => (Limit: limit, Small: Of(labels, label => label.Learned < limit),
                Large: Of(labels, label => label.Learned >= limit)))
            .Where(cut => labels.Count(label => label.Learned >= cut.Limit) * MinPart >= labels.Count
                && cut.Small.IsBelow(cut.Large) && cut.Large.Share - cut.Small.Share >= WorthSaying)
            // The cut that says most: a large difference for many rows.
            .OrderByDescending(cut => (cut.Large.Share - cut.Small.Share) * Math.Sqrt(cut.Small.Rows)).FirstOrDefault();
        if (cut.Small is null)
            return null;
        var (small, large) = (cut.Small, cut.Large);
        return new(72 + (20 * small.Rows / (double)data.Answers.Count), new Dictionary<string, FindingValue>
        {
            ["limit"] = cut.Limit,
            ["small"] = FindingValue.Share(small.Share),
            ["large"] = FindingValue.Share(large.Share),
            ["few"] = labels.Count(label => label.Learned < cut.Limit),
            ["all"] = labels.Count,
        })
        {
            Variant = small.Share <= Hardly ? "_hardly" : "",
            Figure = Figure(labels, cut.Limit),
            Source = new(data.Stage, CardNames.Frequency, FindingSections.Results),
        };
    }

    /// <summary>A point a class where they can be told apart, else the mean of classes of like size.</summary>
    public static Figure Figure(IReadOnlyList<LabelAnswers> labels, long? limit)
    {
        if (labels.Count <= MaxPoints)
            return new ScatterFigure("finding_recall_by_size", "finding_learned_rows", "finding_recall",
                [.. labels.Select(label => new ScatterPoint(
                    label.Label, label.Right == 0 ? "finding_never_right" : "finding_class", label.Learned, label.Recall))])
            {
                HasLogarithmicX = true,
                YFormat = ValueFormat.Percent,
                MarkX = limit,
            };
        long[] bounds = [1, .. Limits, long.MaxValue];
        var bins = bounds.Zip(bounds.Skip(1)).Select(bin => (Name: Name(bin.First, bin.Second),
            Slice: Of(labels, label => label.Learned >= bin.First && label.Learned < bin.Second)))
            .Where(bin => bin.Slice.Rows > 0).ToList();
        return new BarFigure("finding_recall_by_size", "finding_learned_rows", "finding_recall", [.. bins.Select(bin => bin.Name)],
            [new("finding_recall", [.. bins.Select(bin => bin.Slice.Share)])], ValueFormat.Percent);
    }

    private static Slice Of(IEnumerable<LabelAnswers> labels, Func<LabelAnswers, bool> isIn)
    {
        var some = labels.Where(isIn).ToList();
        return new("", some.Sum(label => label.Rows), some.Sum(label => label.Right));
    }

    private static string Name(long first, long end) =>
        end == long.MaxValue ? $"≥ {first}" : end == first + 1 ? $"{first}" : $"{first}–{end - 1}";
}
