using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Kinds.Select;

/// <summary>Candidates that differ by their seed only, or one alone.</summary>
/// <param name="Mean">Of the metric that decides; not finite where a value is not.</param>
internal sealed record Experiment(IReadOnlyList<Candidate> Candidates, double Mean)
{
    /// <summary>The candidate that its experiment is judged by: the one nearest to the mean, not the one with the luckiest seed.</summary>
    public Candidate Typical => Candidates.MinBy(candidate => Math.Abs(candidate.Value - Mean))!;
}

/// <summary>Which candidate is handed on.</summary>
/// <param name="Experiments">In the order of their first candidates.</param>
/// <param name="Best">The first of the best.</param>
/// <param name="Tied">Others that are as good.</param>
internal sealed record Selection(IReadOnlyList<Experiment> Experiments, Experiment Best, IReadOnlyList<Experiment> Tied)
{
    /// <summary>Means of the same values in another order may differ by rounding.</summary>
    private const double Equal = 1e-12;

    public Candidate Chosen => Best.Typical;

    public bool IsRepeated => Experiments.Any(experiment => experiment.Candidates.Count > 1);

    /// <summary>What is no finite number is never the best.</summary>
    public static Selection Of(IReadOnlyList<Candidate> candidates, string metric, Goal goal)
    {
        List<Experiment> experiments = [.. candidates.GroupBy(candidate => candidate.Experiment)
            .Select(same => new Experiment([.. same], same.Average(candidate => candidate.Value)))];
        var finite = experiments.FindAll(experiment => double.IsFinite(experiment.Mean));
        if (finite.Count == 0)
            throw new StageException(
                $"No candidate has a finite number at '{metric}': {string.Join(", ", candidates.Select(candidate => candidate.Name))}.")
            {
                Help = "Trainings that diverge often need a lower learning rate or clip_norm.",
                Parameter = "metric",
            };
        var value = goal == Goal.Lowest ? finite.Min(experiment => experiment.Mean) : finite.Max(experiment => experiment.Mean);
        var best = finite.FindAll(experiment => Math.Abs(experiment.Mean - value) <= Equal * Math.Abs(value));
        return new(experiments, best[0], best[1..]);
    }
}
