namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Rows whose very text was learned: what is right there says little about new texts.</summary>
internal sealed class LearnedTexts : IFindingRule
{
    private const double WorthSaying = 0.01;
    private const long MinRows = 5;

    public string Id => "leak";

    public FindingTopic Topic => FindingTopic.Validity;

    public Finding? Of(FindingData data)
    {
        var (seen, others) = data.Slices.ByLearning;
        if (seen.Rows < MinRows || seen.Rows < WorthSaying * data.Answers.Count || others.Rows == 0)
            return null;
        return new(90 + (5 * seen.Rows / data.Answers.Count), new Dictionary<string, FindingValue>
        {
            ["count"] = seen.Rows,
            ["share"] = FindingValue.Share(seen.Rows / (double)data.Answers.Count),
            ["seen"] = FindingValue.Share(seen.Share),
            ["fresh"] = FindingValue.Share(others.Share),
        })
        {
            Figure = Slice.Figure("finding_leak", seen, others),
            Source = new("", "", FindingSections.Data),
            IsReservation = true,
        };
    }
}
