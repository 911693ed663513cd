using System.Globalization;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>Decides which cells of a search by halving train on, once all that came so far are measured.</summary>
internal static class Survival
{
    /// <summary>
    /// Makes the stage what it is: as planned, or as its cell was left at an earlier rung. Its fingerprint is then that of this training,
    /// whatever the others did, so a survivor's result is that of the whole training without any search.
    /// </summary>
    /// <returns>Null unless the metric is not there.</returns>
    public static string? Settle(StageNode node, Contest contest, RunGraph graph)
    {
        var shorter = graph.Find(contest.Shorter.Id);
        node.Stage = node.Planned;
        node.LeftBehind = shorter.LeftBehind;
        if (shorter.LeftBehind is null)
        {
            List<StageNode> candidates =
                [.. contest.Candidates.Select(candidate => graph.Find(candidate.Id)).Where(other => other.LeftBehind is null)];
            if (candidates.Find(candidate => ValueOf(candidate, contest) is null) is { } unmeasured)
                return $"there is no metric '{contest.Metric.Text}' of {unmeasured.Id}";
            node.LeftBehind = WhyLeft(Repetitions.ExperimentOf(contest.Shorter), candidates, contest);
        }
        if (node.LeftBehind is not null)
            node.Stage = node.Planned with
            {
                Parameters = shorter.Stage.Parameters,
                Values = shorter.Stage.Values,
                Places = shorter.Stage.Places,
            };
        return null;
    }

    /// <summary>Null: the experiment is among the best.</summary>
    private static string? WhyLeft(string experiment, List<StageNode> candidates, Contest contest)
    {
        // Repetitions go on together or not at all; what is no finite number comes last, and of equals the first in the plan first.
        var ranked = candidates.GroupBy(candidate => Repetitions.ExperimentOf(candidate.Planned), StringComparer.Ordinal)
            .Select(same => (Experiment: same.Key, Mean: same.Average(candidate => ValueOf(candidate, contest)!.Value)))
            .OrderBy(one => !double.IsFinite(one.Mean) ? double.PositiveInfinity
                : MetricNames.IsLowerBetter(contest.Metric.Text) ? one.Mean : -one.Mean).ToList();
        var kept = (ranked.Count + contest.Factor - 1) / contest.Factor;
        var place = ranked.FindIndex(one => one.Experiment == experiment);
        return place < kept ? null : string.Create(CultureInfo.InvariantCulture,
            $"left after {contest.Epochs} epochs: {contest.Metric.Text} {ranked[place].Mean:0.####}, "
            + $"place {place + 1} of {ranked.Count}, {kept} went on");
    }

    private static double? ValueOf(StageNode node, Contest contest) =>
        node.Outcome?.Results?.ByPort.Values.SelectMany(port => port).OfType<Metrics>().FirstOrDefault()?.Values
            .TryGetValue(contest.Metric.Text, out var value) == true ? value : null;
}
