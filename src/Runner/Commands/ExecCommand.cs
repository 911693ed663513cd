using System.CommandLine;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>exec</c>: runs what is not up to date, then writes the report.</summary>
internal static class ExecCommand
{
    public static Command Create(Screen screen)
    {
        var pipeline = new PipelineArguments();
        var force = new Option<string[]>("--force")
        {
            Description = "Run these stages even when their result is known.",
            HelpName = "stage",
            AllowMultipleArgumentsPerToken = true,
        };
        var jobs = new Option<int?>("--jobs", "-j") { Description = "How many stages may run side by side.", HelpName = "n" };
        var threads = new Option<int?>("--threads") { Description = "How many threads a stage may use.", HelpName = "n" };
        var keepGoing = new Option<bool>("--keep-going", "-k") { Description = "After a failure, run what does not depend on it." };
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = "Only say what would run, and why." };
        var light = PipelineArguments.Light();
        var json = new Option<bool>("--json") { Description = "One JSON object a line and event, for programs." };
        var noReport = new Option<bool>("--no-report") { Description = "Do not write the report." };
        Positive(jobs);
        Positive(threads);
        var command = new Command("exec", "Runs a pipeline: only what is not up to date, then the report.")
        {
            force, jobs, threads, keepGoing, light, dryRun, json, noReport,
        };
        pipeline.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            var opened = pipeline.Open(arguments, readAhead: true);
            Warn(screen, opened.Warnings, arguments.GetValue(json));
            var options = pipeline.Options(
                arguments, opened, arguments.GetValue(jobs), arguments.GetValue(threads), arguments.GetValue(keepGoing),
                arguments.GetValue(force)) with
            {
                Light = arguments.GetValue(light),
            };
            opened.CheckInputFiles(options);
            var lockFile = PipelineLock.PathFor(arguments.GetValue(pipeline.File)!);
            options = await opened.WithCommitsAsync(options, lockFile, cancellation).ConfigureAwait(false);
            if (arguments.GetValue(dryRun))
                return PlanCommand.Preview(screen, opened, options, why: true);
            var run = await RunAsync(screen, opened, options, arguments.GetValue(json), cancellation).ConfigureAwait(false);
            // A part of a pipeline is no experiment: the report of the whole stays as it is.
            var isReported = options.Only is null && !arguments.GetValue(noReport);
            if (isReported && DropDamagedCards(opened, run) is { Count: > 0 } damaged)
            {
                Warn(screen, $"made again: {string.Join("; ", damaged)}", arguments.GetValue(json));
                run = await RunAsync(screen, opened, options with { Force = new HashSet<string>() }, arguments.GetValue(json), cancellation)
                    .ConfigureAwait(false);
            }
            isReported &= IsComplete(run) || IsWorthShowing(run);
            var report = isReported ? Reports.WriteIfStale(opened.Plan, run, opened.ProjectRoot, opened.Installation.Folder) : null;
            var found = report is null ? [] : Reports.Lines(opened.Plan, opened.ProjectRoot);
            if (options.Only is null && IsComplete(run) && !IsStale(run) && opened.Plan.Overrides.IsEmpty)
                Warn(screen, PipelineLock.Of(run, HubCommits.ByStage(opened.Plan, options)).Save(lockFile), arguments.GetValue(json));
            if (arguments.GetValue(json))
                new JsonRunView(screen.Out).Summary(run, report);
            else
                RunSummary.Write(screen, opened.Plan, run, report, found, $"./runner exec {pipeline.Repeated(arguments)}");
            return CodeOf(run);
        });
        return command;
    }

    private static async Task<RunRecord> RunAsync(
        Screen screen, OpenedPipeline opened, RunOptions options, bool json, CancellationToken cancellation)
    {
        using IRunView view = json ? new JsonRunView(screen.Out)
            : screen.IsInteractive ? Live(screen)
            : new PlainRunView(screen.Out);
        return await new PipelineRunner(opened.Storage, view, TimeProvider.System) { Catalog = opened.Catalog }.RunAsync(
            opened.Plan, options, cancellation).ConfigureAwait(false);
    }

    // Only a report reads cards, so nothing else would find that they are damaged.
    private static List<string> DropDamagedCards(OpenedPipeline opened, RunRecord run)
    {
        List<string> found = [];
        if (Reports.IsFresh(opened.Plan, run, opened.ProjectRoot, opened.Installation.Folder))
            return found;
        var store = opened.Storage.Artifacts;
        foreach (var card in StoredArtifacts.ReportedOf(run).DistinctBy(card => card.Id))
            if (store.Verify(card, again: false) is { } problem)
            {
                found.Add(problem);
                store.Evict(card, evenWhole: false);
            }
        return found;
    }

    // In a method of its own, so that the table's library is loaded only where somebody watches.
    private static LiveRunView Live(Screen screen) => new(screen, TimeProvider.System);

    private static bool IsComplete(RunRecord run) =>
        run.Stages.All(stage => stage.Outcome is StageOutcome.Ran or StageOutcome.Reused or StageOutcome.Stale);

    // After a failure a user wants to see what there is; the report says what failed.
    private static bool IsWorthShowing(RunRecord run) => !run.Interrupted && run.Stages.Any(stage => stage.Outcome.Results is not null);

    private static void Warn(Screen screen, string? warning, bool asEvent)
    {
        if (warning is null)
            return;
        if (asEvent)
            screen.Out.WriteEvent("warning", json => json.WriteString("message", warning));
        screen.Error.WriteLine($"warning: {warning}");
    }

    private static void Warn(Screen screen, IReadOnlyList<Diagnostic> warnings, bool asEvents)
    {
        if (asEvents)
            screen.Out.WriteEvents(warnings);
        screen.Error.Write(DiagnosticFormat.Render(warnings, screen.Width));
    }

    private static bool IsStale(RunRecord run) => run.Stages.Any(stage => stage.Outcome is StageOutcome.Stale);

    private static int CodeOf(RunRecord run) => run.Interrupted ? ExitCode.Interrupted
        : IsComplete(run) && run.Expectations.All(result => result.Met) ? ExitCode.Done
        : ExitCode.Failed;

    private static void Positive(Option<int?> option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var value) || value < 1))
            result.AddError($"{option.Name} needs a number of at least 1, not '{result.Tokens[0].Value}'");
    });
}
