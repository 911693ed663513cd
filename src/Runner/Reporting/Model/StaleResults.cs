using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>What a light run left as it was, in words: no reader may take it for the result of what stands in the pipeline.</summary>
internal sealed class StaleResults(IReadOnlyList<StageResult> results, Language language)
{
    /// <summary>Null where all is up to date.</summary>
    public StaleView? All()
    {
        var stale = results.Where(result => OutcomeOf(result) is not null).ToList();
        return stale.Count == 0 ? null : new(
            language.Phrase("stale_badge"), language.Phrase(
                "stale_results", ("stages", List(stale.Select(result => result.Id))), ("heavy", List(stale.Select(result => OutcomeOf(result)!.BecauseOf).Distinct()))));
    }

    /// <summary>One line for the part of the report that a stage fills; null where it is up to date.</summary>
    public string? Of(StageResult result) => OutcomeOf(result) is not { } outcome ? null
        : language.Phrase("stale_stage", ("heavy", outcome.BecauseOf), ("run", outcome.Last?.FromRun ?? "–"));

    private static StageOutcome.Stale? OutcomeOf(StageResult result) => result.Run?.Outcome as StageOutcome.Stale;

    private static string List(IEnumerable<string> ids) => string.Join(", ", ids);
}
