using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Whether one word of a text makes most of the answer.</summary>
internal sealed class DecidingWords : IFindingRule
{
    private const double Half = 0.5;
    private const int MinTexts = 4;
    private const int RowsShown = 4;

    public string Id => "deciding";

    public FindingTopic Topic => FindingTopic.Explanations;

    public Finding? Of(FindingData data)
    {
        var texts = data.Explained
            .Where(text => text.Label == text.Predicted && text.Tokens.Count > 1 && text.Weights.Any(weight => weight > 0))
            .Select(text => (Text: text, Most: Enumerable.Range(0, text.Tokens.Count).MaxBy(i => text.Weights[i]))).ToList();
        var decided = texts.FindAll(row => Share(row.Text, row.Most) >= Half);
        if (texts.Count < MinTexts || decided.Count < Half * texts.Count)
            return null;
        return new(30 + (10 * decided.Count / (double)texts.Count), new Dictionary<string, FindingValue>
        {
            ["count"] = decided.Count,
            ["texts"] = texts.Count,
        })
        {
            Figure = new Grid("finding_deciding",
                [new(Columns.Word, ValueFormat.Code), new("finding_part", ValueFormat.Percent), new(Columns.Predicted, ValueFormat.Code)],
                [.. decided.OrderByDescending(row => Share(row.Text, row.Most)).Take(RowsShown).Select(row => (IReadOnlyList<object?>)
                    [row.Text.Tokens[row.Most], Share(row.Text, row.Most), row.Text.Predicted])]),
            Source = new("", "", FindingSections.Explanations),
        };
    }

    private static double Share(ExplainedAnswer text, int token) =>
        text.Weights[token] / text.Weights.Where(double.IsFinite).Sum(Math.Abs);
}
