using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Terminal;

/// <summary>One line on how a stage ended.</summary>
internal static class OutcomeFormat
{
    public static string Of(StageOutcome outcome, string? note) => outcome switch
    {
        StageOutcome.Ran ran => With($"done in {Format.Duration(ran.Took)}", note),
        StageOutcome.Reused { Origin: { } origin } => With($"reused from {origin}", note),
        StageOutcome.Reused => With("reused", note),
        StageOutcome.Stale stale =>
            With($"stale: {stale.BecauseOf} is heavy and was not run", stale.Last is null ? "no earlier result" : note),
        StageOutcome.Skipped { BecauseOf: { } cause } => $"skipped: {cause} failed",
        StageOutcome.Skipped => "skipped",
        StageOutcome.Failed failed => $"failed: {Format.OneLine(failed.Message)}",
        StageOutcome.Interrupted => "interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    public static string Of(RunEvent.StageHosted hosted) => hosted.Node is { } node
        ? $"job {hosted.Job} runs on {node}"
        : $"job {hosted.Job} waits: {Format.OneLine(hosted.Said)}";

    public static string Of(RunEvent.StageRetried retried) =>
        $"attempt {retried.Attempt} of {retried.MaxAttempts} failed: {Format.OneLine(retried.Reason)}; "
        + $"tries again in {Format.Duration(retried.Pause)}";

    private static string With(string text, string? note) => note is null ? text : $"{text} · {note}";
}
