namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Texts in capitals are answered wrongly more often.</summary>
internal sealed class CapitalTexts : IFindingRule
{
    private const int MinLetters = 3;

    public string Id => "capitals";

    public FindingTopic Topic => FindingTopic.Texts;

    public Finding? Of(FindingData data)
    {
        var capitals = Slice.Of("finding_capitals", data.Answers.Where(answer => IsCapital(answer.Text)));
        var others = Slice.Of("finding_no_capitals", data.Answers.Where(answer => !IsCapital(answer.Text)));
        return !capitals.IsBelow(others) ? null : new(56 + (50 * (others.Share - capitals.Share)), new Dictionary<string, FindingValue>
        {
            ["count"] = capitals.Rows,
            ["capitals"] = FindingValue.Share(capitals.Share),
            ["others"] = FindingValue.Share(others.Share),
        })
        {
            Figure = Slice.Figure("finding_texts_in_capitals", others, capitals),
            Source = new("", "", FindingSections.Preparation),
        };
    }

    private static bool IsCapital(string text) => text.Count(char.IsLetter) >= MinLetters && !text.Any(char.IsLower);
}
