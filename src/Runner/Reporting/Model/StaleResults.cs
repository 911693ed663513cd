using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>What a light run left as it was, in words: no reader may take it for the result of what stands in the pipeline.</summary>
internal sealed class StaleResults(IReadOnlyList<StageResult> results, Language language)
{
    /// <summary>Null where all is up to date.</summary>
    public StaleView? All()
    {
        var stale = results.Where(result => OutcomeOf(result) is not null).Select(result => result.Id).ToHashSet(StringComparer.Ordinal);
        var heavy = results.Select(result => OutcomeOf(result)?.BecauseOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return stale.Count == 0 ? null : new(
            language.Phrase("stale_badge"), language.Phrase("stale_results", ("stages", Names(stale)), ("heavy", Names(heavy))));
    }

    /// <summary>One line for the part of the report that a stage fills; null where it is up to date.</summary>
    public string? Of(StageResult result) => OutcomeOf(result) is not { } outcome ? null
        : language.Phrase("stale_stage", ("heavy", outcome.BecauseOf), ("run", outcome.Last?.FromRun ?? "–"));

    private static StageOutcome.Stale? OutcomeOf(StageResult result) => result.Run?.Outcome as StageOutcome.Stale;

    // A stage all of whose cells are meant goes by its own name.
    private string Names(HashSet<string> ids) => string.Join(", ", results.GroupBy(result => result.Stage.Base)
        .SelectMany(cells => cells.All(cell => ids.Contains(cell.Id)) ? [cells.Key] : cells.Select(cell => cell.Id).Where(ids.Contains)));
}
