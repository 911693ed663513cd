using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Which combination of several settings was chosen, and how far apart the combinations are.</summary>
internal sealed class ChosenSetting : IFindingRule
{
    private const int MaxShown = 5;

    public string Id => "chosen_setting";

    public FindingTopic Topic => FindingTopic.Effects;

    public Finding? Of(FindingData data)
    {
        if (data.Sweeps.FirstOrDefault(sweep => sweep.AxesOfGroups.Count > 1 && sweep.Cells.Any(cell => cell.IsChosen)) is not { } sweep)
            return null;
        var groups = sweep.Groups();
        // The metric that a stage chose by is the first.
        var measured = groups.Select(group => group.Measured[0]?.Mean).OfType<double>().ToList();
        var chosen = groups.First(group => group.IsChosen);
        if (measured.Count < 2 || chosen.Measured[0] is not { } best)
            return null;
        var (format, isLowerBetter) = (sweep.Metrics[0].Format, MetricNames.IsLowerBetter(sweep.Metrics[0].Name));
        return new(FindingRules.RankOfEffect(93.2, sweep.AxesOfGroups[0], data), new Dictionary<string, FindingValue>
        {
            ["settings"] = FindingValue.Settings(
                [.. sweep.AxesOfGroups.Zip(chosen.Values, (axis, value) => KeyValuePair.Create(axis, value))]),
            ["count"] = groups.Count,
            ["best"] = new(best.Mean, format),
            ["worst"] = new(isLowerBetter ? measured.Max() : measured.Min(), format),
        })
        {
            Figure = Figure(sweep, [.. groups.Where(group => group.Measured[0] is not null)
                .OrderBy(group => isLowerBetter ? group.Measured[0]!.Mean : -group.Measured[0]!.Mean).Take(MaxShown)]),
            Source = new("", "", FindingSections.Sweep),
        };
    }

    private static BarFigure Figure(Sweep sweep, IReadOnlyList<SweepGroup> best) => new(
        "finding_settings", "cell", sweep.Metrics[0].Name, [.. best.Select(group => string.Join(" · ", group.Values))],
        [new(sweep.Metrics[0].Name, [.. best.Select(group => group.Measured[0]!.Mean)])], sweep.Metrics[0].Format);
}
