using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>What the explanations blame for wrong answers: the word that spoke most for each.</summary>
internal sealed class MisleadingWords : IFindingRule
{
    private const int RowsShown = 4;

    public string Id => "misleading";

    public FindingTopic Topic => FindingTopic.Explanations;

    public Finding? Of(FindingData data)
    {
        var blamed = data.Explained.Where(text => text.Label != text.Predicted).Select(Blamed)
            .OfType<(string Word, double Weight, ExplainedAnswer Text)>().OrderByDescending(row => row.Weight).ToList();
        if (blamed.Count == 0)
            return null;
        var (word, weight, text) = blamed[0];
        return new(46 + (10 * blamed.Count / (double)data.Explained.Count), new Dictionary<string, FindingValue>
        {
            ["count"] = blamed.Count,
            ["texts"] = data.Explained.Count,
            ["word"] = word,
            ["weight"] = FindingValue.Decimal(weight),
            ["predicted"] = text.Predicted,
            ["label"] = text.Label,
        })
        {
            Figure = new Grid("finding_misleading",
                [new(Columns.Word, ValueFormat.Code), new("score", ValueFormat.Decimal), new(Columns.Predicted, ValueFormat.Code),
                    new("finding_expected", ValueFormat.Code)],
                [.. blamed.Take(RowsShown).Select(row => (IReadOnlyList<object?>)
                    [row.Word, row.Weight, row.Text.Predicted, row.Text.Label])]),
            Source = new("", "", FindingSections.Explanations),
        };
    }

    private static (string Word, double Weight, ExplainedAnswer Text)? Blamed(ExplainedAnswer text)
    {
        var most = Enumerable.Range(0, text.Tokens.Count).Where(i => double.IsFinite(text.Weights[i]))
            .OrderByDescending(i => text.Weights[i]).FirstOrDefault(-1);
        return most < 0 || text.Weights[most] <= 0 ? null : (text.Tokens[most], text.Weights[most], text);
    }
}
