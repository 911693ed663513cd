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
        var options = new ExecOptions();
        var command = new Command("exec", "Runs a pipeline: only what is not up to date, then the report.");
        options.AddTo(command);
        pipeline.AddTo(command);
        command.SetAction((arguments, cancellation) => arguments.GetValue(options.Watch)
            ? WatchLoop.RunAsync(
                screen, arguments.GetValue(pipeline.File)!, arguments.GetValue(options.Port),
                (opened, end) => OnceAsync(screen, pipeline, options, arguments, opened, end), cancellation)
            : OnceAsync(screen, pipeline, options, arguments, _ => { }, cancellation));
        return command;
    }

    private static async Task<int> OnceAsync(
        Screen screen, PipelineArguments pipeline, ExecOptions given, ParseResult arguments, Action<OpenedPipeline> isOpened,
        CancellationToken cancellation)
    {
        using var shared = arguments.GetValue(given.Push)
            ? CacheSettings.Get(CacheSettings.Environment)
            : CacheSettings.Find(CacheSettings.Environment);
        var opened = pipeline.Open(arguments, readAhead: true, shared);
        isOpened(opened);
        Warn(screen, opened.Warnings, arguments.GetValue(given.Json));
        var options = pipeline.Options(
            arguments, opened, arguments.GetValue(given.Jobs), arguments.GetValue(given.Threads), arguments.GetValue(given.KeepGoing),
            arguments.GetValue(given.Force)) with
        {
            Light = arguments.GetValue(given.Light),
            Promised = arguments.GetValue(given.Promised),
        };
        opened.CheckInputFiles(options);
        var lockFile = PipelineLock.PathFor(arguments.GetValue(pipeline.File)!);
        options = await opened.WithCommitsAsync(options, lockFile, cancellation).ConfigureAwait(false);
        if (arguments.GetValue(given.DryRun))
            return PlanCommand.Preview(screen, opened, options, why: true);
        var words = pipeline.Repeated(arguments);
        var cluster = arguments.GetValue(given.On) is { } profile
            ? await ClusterRun.OpenAsync(opened, profile, $"{words} --device {options.Device}", cancellation).ConfigureAwait(false)
            : null;
        if (arguments.GetValue(given.Cancel))
            return await ClusterRun.CancelAsync(screen, cluster, cancellation).ConfigureAwait(false);
        ExecutedPipeline executed = new(screen, opened, options with { Host = cluster }, arguments.GetValue(given.Json))
        {
            // A part of a pipeline is no experiment: the report of the whole stays as it is.
            IsReported = options.Only is null && !arguments.GetValue(given.NoReport),
            TensorBoard = arguments.GetValue(given.TensorBoard) is { } folder ? WorkingFolder.Absolute(folder) : null,
            Shared = shared,
            IsPushed = arguments.GetValue(given.Push),
            Cluster = cluster,
        };
        var again = $"./runner exec {words}{(cluster is null ? "" : $" --on {arguments.GetValue(given.On)}")}";
        return await executed.RunAsync(lockFile, again, cancellation).ConfigureAwait(false);
    }

    private static void Warn(Screen screen, IReadOnlyList<Diagnostic> warnings, bool asEvents)
    {
        if (asEvents)
            screen.Out.WriteEvents(warnings);
        screen.Error.Write(DiagnosticFormat.Render(warnings, screen.Width));
    }
}
