using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>One confusion makes a good part of all errors.</summary>
internal sealed class ConfusedPair : IFindingRule
{
    private const double WorthSaying = 0.15;
    private const int MinErrors = 5;
    private const int PairsShown = 4;

    public string Id => "confused";

    public FindingTopic Topic => FindingTopic.Errors;

    public Finding? Of(FindingData data)
    {
        if (data.Labels.Count < 3 || data.Errors.Count == 0)
            return null;
        var pairs = data.Errors.GroupBy(error => (error.Label, error.Predicted)).OrderByDescending(rows => rows.Count())
            .ThenBy(rows => rows.Key.Label, StringComparer.Ordinal).ThenBy(rows => rows.Key.Predicted, StringComparer.Ordinal)
            .Select(rows => (rows.Key.Label, rows.Key.Predicted, Count: rows.LongCount())).Take(PairsShown).ToList();
        var (label, predicted, count) = pairs[0];
        if (count < MinErrors || count < WorthSaying * data.Errors.Count)
            return null;
        var rows = data.LabelsByName[label].Rows;
        return new(50 + (20 * count / (double)data.Errors.Count), new Dictionary<string, FindingValue>
        {
            ["label"] = label,
            ["predicted"] = predicted,
            ["count"] = count,
            ["of"] = data.Errors.Count,
            ["share"] = FindingValue.Share(count / (double)data.Errors.Count),
            ["rows"] = rows,
        })
        {
            Figure = new BarFigure("finding_confused", "finding_pair", "finding_errors",
                [.. pairs.Select(pair => $"{pair.Label} → {pair.Predicted}")],
                [new("finding_errors", [.. pairs.Select(pair => (double)pair.Count)])], ValueFormat.Integer),
            Source = new(data.Stage, CardNames.ConfusedPairs, FindingSections.Results),
        };
    }
}
