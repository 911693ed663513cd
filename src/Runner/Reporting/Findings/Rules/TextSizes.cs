using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>How many words texts have.</summary>
internal sealed class TextSizes : IDescribing
{
    public string Id => "text_sizes";

    public FindingTopic Topic => FindingTopic.Texts;

    public Finding? Of(FindingData data) => data.Described.Lengths is { } lengths
        ? new(70, new Dictionary<string, FindingValue>
        {
            ["median"] = FindingValue.Words(lengths.Median),
            ["most"] = FindingValue.Words(lengths.Most),
            ["largest"] = FindingValue.Words(lengths.Longest),
        })
        {
            Figure = lengths.Figure with
            {
                Name = "finding_text_sizes",
                X = "finding_words",
                MarkX = null,
                MarkName = null,
                MarkValue = null,
            },
            Source = new(lengths.Stage, CardNames.TextLengths, FindingSections.Data),
        }
        : null;
}
