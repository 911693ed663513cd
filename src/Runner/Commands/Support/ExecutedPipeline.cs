using System.Diagnostics;
using Pipelines.Runner.Cluster;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Commands;

/// <summary>One run of a pipeline with all that follows: report, lock file, summary.</summary>
internal sealed class ExecutedPipeline(Screen screen, OpenedPipeline opened, RunOptions options, bool json)
{
    public required bool IsReported { get; init; }

    /// <summary>Where the curves of trainings go as they come; null: nowhere.</summary>
    public string? TensorBoard { get; init; }

    /// <summary>Where results may come from; null: from nowhere else.</summary>
    public SharedCache? Shared { get; init; }

    /// <summary>Whether its results are given to the shared cache.</summary>
    public bool IsPushed { get; init; }

    /// <summary>Where stages run that are worth a job; null: all run here.</summary>
    public SlurmHost? Cluster { get; init; }

    /// <param name="lockFile">Where its results are written down for git.</param>
    /// <param name="command">What runs it again.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string lockFile, string command, CancellationToken cancellation)
    {
        var run = await RunAsync(options, cancellation).ConfigureAwait(false);
        if (IsReported && DropDamaged(run) is { Count: > 0 } damaged)
        {
            Warn($"made again: {string.Join("; ", damaged)}");
            run = await RunAsync(options with { Force = new HashSet<string>() }, cancellation).ConfigureAwait(false);
        }
        var report = IsReported && (IsComplete(run) || IsWorthShowing(run))
            ? Reports.WriteIfStale(opened.Plan, run, opened.ProjectRoot, opened.Installation.Folder)
            : null;
        var found = report is null ? [] : Reports.Lines(opened.Plan, opened.ProjectRoot);
        if (options.Only is null && IsComplete(run) && !IsStale(run) && opened.Plan.Overrides.IsEmpty)
            Warn(PipelineLock.Of(run, HubCommits.ByStage(opened.Plan, options)).Save(lockFile));
        var pushed = IsPushed && !run.Interrupted ? await PushAsync(run, cancellation).ConfigureAwait(false) : null;
        Warn(Shared?.Problem);
        Warn(Cluster?.Problem);
        if (json)
            new JsonRunView(screen.Out).Summary(run, report);
        else
            RunSummary.Write(screen, opened.Plan, run, report, [.. found, .. Lines(pushed, ClusterRun.Left(Cluster))], command);
        return CodeOf(run);
    }

    private static IEnumerable<string> Lines(params string?[] lines) => lines.OfType<string>();

    private async Task<RunRecord> RunAsync(RunOptions chosen, CancellationToken cancellation)
    {
        IRunView shown = json ? new JsonRunView(screen.Out)
            : screen.IsInteractive ? Live(screen)
            : new PlainRunView(screen.Out);
        var journal = new RunJournal(shown, opened.Storage.Runs.JournalPath, TimeProvider.System);
        var curves = TensorBoard is null ? null : new TensorBoardView(journal, TensorBoard, TimeProvider.System);
        using IRunView view = curves is null ? journal : curves;
        var run = await new PipelineRunner(opened.Storage, view, TimeProvider.System) { Catalog = opened.Catalog }.RunAsync(
            opened.Plan, chosen, cancellation).ConfigureAwait(false);
        Warn(journal.Lost);
        Warn(curves?.Lost);
        return run;
    }

    // Only the report reads some of it, so nothing else would find that it is damaged.
    private List<string> DropDamaged(RunRecord run)
    {
        List<string> found = [];
        if (Reports.IsFresh(opened.Plan, run, opened.ProjectRoot, opened.Installation.Folder))
            return found;
        var store = opened.Storage.Artifacts;
        foreach (var artifact in Reports.ReadOf(run))
            if (store.Verify(artifact, again: false) is { } problem)
            {
                found.Add(problem);
                store.Evict(artifact, evenWhole: false);
            }
        return found;
    }

    private async Task<string> PushAsync(RunRecord run, CancellationToken cancellation)
    {
        var results = run.Stages.Select(stage => stage.Outcome switch
        {
            StageOutcome.Ran ran => ran.Fingerprint,
            StageOutcome.Reused reused => reused.Fingerprint,
            StageOutcome.Stale or StageOutcome.Skipped or StageOutcome.Failed or StageOutcome.Interrupted => (ContentHash?)null,
            _ => throw new UnreachableException(),
        });
        var count = await SharedResults.PushAsync(
            (ArtifactStore)opened.Storage.Artifacts, Shared!, results.OfType<ContentHash>(), cancellation).ConfigureAwait(false);
        return count.Line("pushed", Shared!.Name);
    }

    // In a method of its own, so that the table's library is loaded only where somebody watches.
    private static LiveRunView Live(Screen screen) => new(screen, TimeProvider.System);

    private static bool IsComplete(RunRecord run) =>
        run.Stages.All(stage => stage.Outcome is StageOutcome.Ran or StageOutcome.Reused or StageOutcome.Stale);

    // After a failure a user wants to see what there is; the report says what failed.
    private static bool IsWorthShowing(RunRecord run) => !run.Interrupted && run.Stages.Any(stage => stage.Outcome.Results is not null);

    private void Warn(string? warning)
    {
        if (warning is null)
            return;
        if (json)
            screen.Out.WriteEvent("warning", content => content.WriteString("message", warning));
        screen.Error.WriteLine($"warning: {warning}");
    }

    private static bool IsStale(RunRecord run) => run.Stages.Any(stage => stage.Outcome is StageOutcome.Stale);

    private static int CodeOf(RunRecord run) => run.Interrupted ? ExitCode.Interrupted
        : IsComplete(run) && run.Expectations.All(result => result.Met) ? ExitCode.Done
        : ExitCode.Failed;
}
