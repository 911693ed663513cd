using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>Something that a run found: a sentence with its numbers, a small figure, and where the report says more.</summary>
/// <param name="Rank">How much it matters to a reader: near 100 where it takes the meaning from the scores, near 0 where it is good to
/// know.</param>
/// <param name="Values">What the sentences of its rule have in braces.</param>
internal sealed record Finding(double Rank, IReadOnlyDictionary<string, FindingValue> Values)
{
    /// <summary>Chooses among several titles of its rule; empty: it has one.</summary>
    public string Variant { get; init; } = "";

    /// <summary>Of a comparison, whether the difference can be told from chance.</summary>
    public bool IsMeasurable { get; init; }

    /// <summary>Whether it is what the run was made to find out, if no setting was tried.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>Whether it is what the hypothesis bounds: then it begins the answer, whatever else was tried.</summary>
    public bool IsAsked { get; init; }

    /// <summary>A figure or a table of few rows.</summary>
    public CardItem? Figure { get; init; }

    /// <summary>The figure or table of the report that shows more.</summary>
    public FindingSource? Source { get; init; }

    /// <summary>Whether the answer at the top has to be read with it.</summary>
    public bool IsReservation { get; init; }

    /// <summary>What to write behind the command to try something else.</summary>
    public string? Try { get; init; }
}

/// <param name="Item">The name of a figure or table of the stage's card.</param>
/// <param name="Section">The chapter to name where the report has no such item.</param>
internal sealed record FindingSource(string StageId, string Item, string Section);

/// <summary>What findings are about; a report tells one of each.</summary>
internal enum FindingTopic
{
    Validity,
    Effects,
    Classes,
    Errors,
    Confidence,
    Texts,
    Training,
    Models,
    Explanations,
    Vocabulary,
    Preparation,

    /// <summary>Told apart from the findings, all of them.</summary>
    Limits,
}
