using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Kinds.Select;

/// <summary>Why a model was chosen, in the report.</summary>
internal static class SelectionCard
{
    /// <summary>More bars than this cannot be read.</summary>
    private const int MaxBars = 40;

    private static readonly string[] Shares = ["accuracy", "exact_match", "precision", "recall", "_f1", "prefix_1", "prefix_2", "prefix_3",
        "prefix_4"];

    public static CardContent Of(IReadOnlyList<Candidate> candidates, Selection selection, string metric, Goal goal)
    {
        var format = FormatOf(metric);
        List<CardItem> items =
        [
            .. Warnings(candidates, selection, metric),
            new Fact("chosen_model", selection.Chosen.Name, ValueFormat.Code),
            new Fact(
                (goal == Goal.Lowest, selection.IsRepeated) switch
                {
                    (true, true) => "chosen_by_lowest_mean",
                    (true, false) => "chosen_by_lowest",
                    (false, true) => "chosen_by_highest_mean",
                    (false, false) => "chosen_by_highest",
                }, metric, ValueFormat.Code),
            new Fact("candidates", candidates.Count),
            Table(candidates, selection, metric, format),
        ];
        if (candidates.Count(candidate => double.IsFinite(candidate.Value)) is > 1 and <= MaxBars)
            items.Add(new BarFigure("candidate_values", "model", metric,
                [.. candidates.Select(candidate => candidate.Name)], [new(metric, [.. candidates.Select(candidate => candidate.Value)])],
                format));
        return new([.. items]);
    }

    private static Grid Table(IReadOnlyList<Candidate> candidates, Selection selection, string metric, ValueFormat format)
    {
        var means = selection.Experiments.SelectMany(experiment => experiment.Candidates.Select(candidate => (candidate, experiment.Mean)))
            .ToDictionary(entry => entry.candidate, entry => entry.Mean);
        GridColumn[] mean = selection.IsRepeated ? [new("mean_over_seeds", format)] : [];
        return new("candidates",
            [
                new("model", ValueFormat.Code), new(metric, format), .. mean, new("distance_to_best", format),
                new("chosen", ValueFormat.Check),
            ],
            [.. candidates.Select(candidate => (IReadOnlyList<object?>)
            [
                candidate.Name, Finite(candidate.Value), .. mean.Select(_ => (object?)Finite(means[candidate])),
                Finite(Math.Abs(means[candidate] - selection.Best.Mean)), candidate == selection.Chosen,
            ])]);
    }

    private static IEnumerable<Warning> Warnings(IReadOnlyList<Candidate> candidates, Selection selection, string metric)
    {
        if (metric.StartsWith(MetricNames.Of(Splits.Test, ""), StringComparison.Ordinal))
            yield return new("chosen_on_test", new Dictionary<string, object> { ["metric"] = metric });
        if (selection.Tied.Count > 0)
            yield return new("candidates_tied", new Dictionary<string, object>
            {
                ["model"] = selection.Chosen.Name,
                ["others"] = string.Join(", ", selection.Tied.Select(tied => tied.Typical.Name)),
            });
        foreach (var candidate in candidates.Where(candidate => !double.IsFinite(candidate.Value)))
            yield return new(
                "candidate_without_number", new Dictionary<string, object> { ["model"] = candidate.Name, ["metric"] = metric });
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static ValueFormat FormatOf(string metric) =>
        Shares.Any(name => metric.EndsWith(name, StringComparison.Ordinal)) ? ValueFormat.Percent : ValueFormat.Auto;
}
