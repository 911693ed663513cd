using System.CommandLine;
using Pipelines.Runner.Documents;
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
        var watch = new Option<bool>("--watch") { Description = "Serve the pages of the project, and run again whenever a file is saved." };
        var push = new Option<bool>("--push") { Description = "Give the results to the shared cache too." };
        var port = ProjectServer.Port();
        var tensorBoard = TensorBoard();
        Positive(jobs);
        Positive(threads);
        var command = new Command("exec", "Runs a pipeline: only what is not up to date, then the report.")
        {
            force, jobs, threads, keepGoing, light, dryRun, json, noReport, push, watch, port, tensorBoard,
        };
        pipeline.AddTo(command);
        command.SetAction((arguments, cancellation) => arguments.GetValue(watch)
            ? WatchLoop.RunAsync(
                screen, arguments.GetValue(pipeline.File)!, arguments.GetValue(port), (opened, end) => OnceAsync(arguments, opened, end),
                cancellation)
            : OnceAsync(arguments, _ => { }, cancellation));
        return command;

        async Task<int> OnceAsync(ParseResult arguments, Action<OpenedPipeline> isOpened, CancellationToken cancellation)
        {
            using var shared = arguments.GetValue(push)
                ? CacheSettings.Get(CacheSettings.Environment)
                : CacheSettings.Find(CacheSettings.Environment);
            var opened = pipeline.Open(arguments, readAhead: true, shared);
            isOpened(opened);
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
            ExecutedPipeline executed = new(screen, opened, options, arguments.GetValue(json))
            {
                // A part of a pipeline is no experiment: the report of the whole stays as it is.
                IsReported = options.Only is null && !arguments.GetValue(noReport),
                TensorBoard = arguments.GetValue(tensorBoard) is { } folder ? WorkingFolder.Absolute(folder) : null,
                Shared = shared,
                IsPushed = arguments.GetValue(push),
            };
            return await executed.RunAsync(lockFile, $"./runner exec {pipeline.Repeated(arguments)}", cancellation).ConfigureAwait(false);
        }
    }

    private static Option<string?> TensorBoard() => new("--tensorboard")
    {
        Description = "Writes the curves of trainings into this folder as they come: tensorboard --logdir FOLDER.",
        HelpName = "folder",
    };

    private static void Warn(Screen screen, IReadOnlyList<Diagnostic> warnings, bool asEvents)
    {
        if (asEvents)
            screen.Out.WriteEvents(warnings);
        screen.Error.Write(DiagnosticFormat.Render(warnings, screen.Width));
    }

    private static void Positive(Option<int?> option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var value) || value < 1))
            result.AddError($"{option.Name} needs a number of at least 1, not '{result.Tokens[0].Value}'");
    });
}
