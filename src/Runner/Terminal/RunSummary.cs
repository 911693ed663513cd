using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Terminal;

/// <summary>What is said after a run: failures with their places, missed expectations, sweeps, the last line.</summary>
internal static class RunSummary
{
    private const int MaxLine = 300;

    /// <param name="resume">The command that goes on where this run stopped.</param>
    /// <param name="found">What the report says first, a line each.</param>
    public static void Write(
        Screen screen, Plan plan, RunRecord run, string? report, IReadOnlyList<string> found, string resume)
    {
        foreach (var stage in run.Stages)
            if (stage.Outcome is StageOutcome.Failed failed)
                screen.Error.Write('\n' + Failure(stage.Id, failed));
        foreach (var expectation in run.Expectations.GroupBy(result => result.Expectation.At))
            if (expectation.Any(result => !result.Met))
                screen.Error.Write('\n' + DiagnosticFormat.Render([MissedExpectation.Of([.. expectation], run)]));
        foreach (var sweep in Sweep.Of(plan, run))
            SweepPrinter.Write(screen.Out, sweep, screen.Width);
        foreach (var line in found)
            screen.Out.WriteLine(Format.Cut(Format.OneLine(line), MaxLine));
        screen.Out.WriteLine(LastLine(run, report));
        if (run.Interrupted || run.Stages.Any(stage => stage.Outcome is StageOutcome.Failed))
            screen.Out.WriteLine($"go on with: {resume}");
        else if (run.Stages.Any(stage => stage.Outcome is StageOutcome.Stale))
            screen.Out.WriteLine($"bring it up to date with: {resume}");
    }

    /// <summary><c>9 stages: 7 reused, 2 ran, 41 s · report: reports/icd10-seq2seq.html</c></summary>
    internal static string LastLine(RunRecord run, string? report)
    {
        var parts = new List<string>();
        var shared = run.Stages.Count(stage => stage.Outcome is StageOutcome.Reused { Origin: not null });
        Add<StageOutcome.Reused>(shared == 0 ? "reused" : $"reused ({Format.Count(shared)} from the shared cache)");
        Add<StageOutcome.Ran>("ran");
        Add<StageOutcome.Stale>("stale");
        Add<StageOutcome.Failed>("failed");
        Add<StageOutcome.Skipped>("skipped");
        Add<StageOutcome.Interrupted>("interrupted");
        var text = $"{Format.Count(run.Stages.Count, "stage")}: {string.Join(", ", parts)}, {Format.Duration(run.Took)}";
        var missed = run.Expectations.Count(result => !result.Met);
        if (missed > 0)
            text += $" · {Format.Count(missed, "expectation")} missed";
        return report is null ? text : $"{text} · report: {report}";

        void Add<TOutcome>(string word)
            where TOutcome : StageOutcome
        {
            if (run.Stages.Count(stage => stage.Outcome is TOutcome) is > 0 and var count)
                parts.Add($"{Format.Count(count)} {word}");
        }
    }

    private static string Failure(string id, StageOutcome.Failed failed)
    {
        var details = string.Concat(failed.Details.Select(line => $"  | {Quoted.Visible(line)}\n"));
        if (failed.At is { } at)
            return DiagnosticFormat.Render([new("stage-failed", Severity.Error, $"stage '{id}' failed: {failed.Message}", at, failed.Help)])
                + details + (details.Length == 0 ? "" : $"  all of it: {failed.LogPath}\n");
        var help = failed.Help is null ? "" : $"  help: {failed.Help}\n";
        var log = failed.LogPath.Length == 0 ? "" : $"  log: {failed.LogPath}\n";
        return $"error: stage '{id}' failed: {failed.Message}\n{help}{details}{log}";
    }
}
