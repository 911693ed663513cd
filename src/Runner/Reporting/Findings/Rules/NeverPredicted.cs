using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Classes that the model learned and never answers.</summary>
internal sealed class NeverPredicted : IFindingRule
{
    // Of thousands of labels nobody expects to see each one answered.
    private const int MaxLabels = 60;

    public string Id => "never_predicted";

    public FindingTopic Topic => FindingTopic.Classes;

    public Finding? Of(FindingData data)
    {
        var predicted = data.Answers.Select(answer => answer.Predicted).ToHashSet(StringComparer.Ordinal);
        var labels = data.Labels.Where(label => label.Learned > 0).ToList();
        var never = labels.FindAll(label => !predicted.Contains(label.Label));
        if (labels.Count is < 2 or > MaxLabels || never.Count == 0)
            return null;
        var rows = never.Sum(label => label.Rows);
        return new(75 + (20 * rows / (double)data.Answers.Count), new Dictionary<string, FindingValue>
        {
            ["count"] = never.Count,
            ["all"] = labels.Count,
            ["names"] = FindingValue.Names([.. never.Select(label => label.Label)]),
            ["rows"] = rows,
            ["share"] = FindingValue.Share(rows / (double)data.Answers.Count),
        })
        {
            Figure = ClassSize.Figure(labels, limit: null),
            Source = new(data.Stage, CardNames.ClassReport, FindingSections.Results),
            IsReservation = true,
        };
    }
}
