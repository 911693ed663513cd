using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Kinds.Select;

/// <summary>Why a model was chosen, in the report.</summary>
internal static class SelectionCard
{
    /// <summary>More bars than this cannot be read.</summary>
    private const int MaxBars = 40;

    private static readonly string[] Shares = ["accuracy", "exact_match", "precision", "recall", "_f1", "prefix_1", "prefix_2", "prefix_3",
        "prefix_4"];

    public static CardContent Of(IReadOnlyList<Candidate> candidates, Candidate best, string metric, Goal goal)
    {
        var format = FormatOf(metric);
        List<CardItem> items =
        [
            new Fact("chosen_model", best.Name, ValueFormat.Code),
            new Fact(goal == Goal.Lowest ? "chosen_by_lowest" : "chosen_by_highest", metric, ValueFormat.Code),
            new Fact("candidates", candidates.Count),
            new Grid("candidates",
                [new("model", ValueFormat.Code), new(metric, format), new("distance_to_best", format), new("chosen", ValueFormat.Check)],
                [.. candidates.Select(candidate => (IReadOnlyList<object?>)
                    [candidate.Name, Finite(candidate.Value), Finite(Math.Abs(candidate.Value - best.Value)), candidate == best])]),
        ];
        if (candidates.Count(candidate => double.IsFinite(candidate.Value)) is > 1 and <= MaxBars)
            items.Add(new BarFigure("candidate_values", "model", metric,
                [.. candidates.Select(candidate => candidate.Name)], [new(metric, [.. candidates.Select(candidate => candidate.Value)])],
                format));
        foreach (var candidate in candidates.Where(candidate => !double.IsFinite(candidate.Value)))
            items.Add(
                new Warning("candidate_without_number",
                    new Dictionary<string, object> { ["model"] = candidate.Name, ["metric"] = metric }));
        return new([.. items]);
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static ValueFormat FormatOf(string metric) =>
        Shares.Any(name => metric.EndsWith(name, StringComparison.Ordinal)) ? ValueFormat.Percent : ValueFormat.Auto;
}
