namespace Pipelines.Runner.Reporting.Findings;

/// <summary>
/// Looks for one thing in the data of a run. A new one is a class here, its place in <see cref="FindingRules.All"/>, and the phrases
/// <c>finding_&lt;id&gt;_title</c> and <c>finding_&lt;id&gt;</c> (with <c>_one</c> for a count of one, <c>_but</c> for a reservation).
/// </summary>
internal interface IFindingRule
{
    string Id { get; }

    FindingTopic Topic { get; }

    /// <returns>Null where the data show nothing of the kind.</returns>
    Finding? Of(FindingData data);
}

/// <summary>A rule of the data themselves; <c>finding_&lt;id&gt;_brief</c> says it in a clause of the answer where no model was
/// evaluated.</summary>
internal interface IDescribing : IFindingRule;
