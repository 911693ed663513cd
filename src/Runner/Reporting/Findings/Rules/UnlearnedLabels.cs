namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Rows whose label no row had that the model learned from.</summary>
internal sealed class UnlearnedLabels : IFindingRule
{
    private const double WorthSaying = 0.01;

    public string Id => "unlearned";

    public FindingTopic Topic => FindingTopic.Classes;

    public Finding? Of(FindingData data)
    {
        if (data.Slices.ByLabel is not var (unlearned, others))
            return null;
        if (unlearned.Rows < WorthSaying * data.Answers.Count || unlearned.Rows == 0 || others.Rows == 0)
            return null;
        return new(60 + (20 * unlearned.Rows / (double)data.Answers.Count), new Dictionary<string, FindingValue>
        {
            ["count"] = unlearned.Rows,
            ["share"] = FindingValue.Share(unlearned.Rows / (double)data.Answers.Count),
            ["right"] = FindingValue.Share(unlearned.Share),
            ["others"] = FindingValue.Share(others.Share),
        })
        {
            Figure = Slice.Figure("finding_unlearned_labels", unlearned, others),
            Source = new("", "", FindingSections.Data),
        };
    }
}
