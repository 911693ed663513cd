using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Which combination of several settings was chosen, and how far apart the combinations are.</summary>
internal sealed class ChosenSetting : IFindingRule
{
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
        var format = sweep.Metrics[0].Format;
        return new(FindingRules.RankOfEffect(93.2, sweep.AxesOfGroups[0], data), new Dictionary<string, FindingValue>
        {
            ["settings"] = FindingValue.Settings(
                [.. sweep.AxesOfGroups.Zip(chosen.Values, (axis, value) => KeyValuePair.Create(axis, value))]),
            ["count"] = groups.Count,
            ["best"] = new(best.Mean, format),
            ["worst"] = new(MetricNames.IsLowerBetter(sweep.Metrics[0].Name) ? measured.Max() : measured.Min(), format),
        })
        {
            Source = new("", "", FindingSections.Sweep),
        };
    }
}
