using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>How much smaller preparing makes a vocabulary.</summary>
internal sealed class FewerWords : IDescribing
{
    public string Id => "fewer_words";

    public FindingTopic Topic => FindingTopic.Preparation;

    public Finding? Of(FindingData data)
    {
        var words = data.Described.Vocabularies;
        if (words.Count < 2 || words[^1].Distinct >= words[0].Distinct)
            return null;
        var (before, after) = (words[0], words[^1]);
        return new(50, new Dictionary<string, FindingValue>
        {
            ["fewer"] = FindingValue.Share(1 - (after.Distinct / (double)before.Distinct)),
            ["before"] = before.Distinct,
            ["after"] = after.Distinct,
            ["first"] = before.Stage,
            ["second"] = after.Stage,
        })
        {
            Figure = new BarFigure("finding_vocabularies", "stage", "finding_distinct_words", [before.Stage, after.Stage],
                [new("finding_distinct_words", [before.Distinct, after.Distinct])], ValueFormat.Integer),
            Source = new(after.Stage, CardNames.FrequentWords, FindingSections.Data),
        };
    }
}
