using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Serving;

/// <summary>How a run or a stage stands: a word of theme.css, a sign that tells it without colour, and a word of the language.</summary>
internal sealed record RunState(string Name, string Sign, string Word)
{
    public static RunState Of(StageOutcome outcome, Language language) => Named(outcome switch
    {
        StageOutcome.Ran => "ran",
        StageOutcome.Reused => "reused",
        StageOutcome.Stale => "stale",
        StageOutcome.Failed => "failed",
        StageOutcome.Interrupted => "interrupted",
        StageOutcome.Skipped => "skipped",
        _ => throw new System.Diagnostics.UnreachableException(),
    }, $"state_{outcome.GetType().Name.ToLowerInvariant()}", language);

    /// <summary>A run that failed or missed an expectation is as bad as it can be; one that was stopped is not.</summary>
    public static RunState Of(RunRecord run, Language language) =>
        run.Stages.Any(stage => stage.Outcome is StageOutcome.Failed) ? Named("failed", "page_run_failed", language)
        : run.Interrupted ? Named("interrupted", "page_run_interrupted", language)
        : run.Expectations.Any(result => !result.Met) ? Named("failed", "page_run_missed", language)
        : run.Stages.Any(stage => stage.Outcome is StageOutcome.Stale) ? Named("stale", "stale_badge", language)
        : Named("done", "page_run_done", language);

    public static RunState Named(string name, string phrase, Language language) => new(name, name switch
    {
        "done" or "ran" => "✓",
        "reused" => "↺",
        "stale" => "≈",
        "failed" => "✗",
        "interrupted" => "■",
        "running" => "▶",
        _ => "–",
    }, language.Phrase(phrase));
}
