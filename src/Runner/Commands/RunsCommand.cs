using System.CommandLine;
using System.Globalization;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>runs</c>: the runs of this project, the latest first.</summary>
internal static class RunsCommand
{
    private const int DefaultCount = 20;

    public static Command Create(Screen screen)
    {
        var pipeline = new Argument<string?>("name")
        {
            Description = "Only runs of the pipeline of this name.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var most = new Option<int>("--most") { Description = "How many to list.", DefaultValueFactory = _ => DefaultCount, HelpName = "n" };
        var trace = new Option<string?>("--trace")
        {
            Description = "Only the path of a run's trace, which Perfetto and chrome://tracing open.",
            HelpName = "run",
        };
        var json = JsonOption.Create();
        var command = new Command("runs", "Lists the runs of this project, the latest first.") { pipeline, most, trace, json };
        command.SetAction(arguments =>
        {
            var store = new RunStore(ProjectRoot.OfFolder(WorkingFolder.Path));
            if (arguments.GetValue(trace) is { } traced)
            {
                screen.Out.WriteLine(TraceOf(store, traced));
                return ExitCode.Done;
            }
            var name = arguments.GetValue(pipeline);
            var runs = store.List().Select(store.Find).OfType<RunRecord>().Where(run => name is null || run.Pipeline == name)
                .Take(arguments.GetValue(most)).ToArray();
            if (arguments.GetValue(json))
            {
                JsonOption.Write(screen, JsonOption.List(runs, JsonOption.Of));
                return ExitCode.Done;
            }
            if (runs.Length == 0)
                screen.Out.WriteLine("no runs yet");
            var width = runs.Select(run => run.Id.Length).DefaultIfEmpty().Max();
            foreach (var run in runs)
                screen.Out.WriteLine(string.Join("  ", run.Id.PadRight(width),
                    run.Started.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), run.Experiment,
                    RunSummary.LastLine(run, null)));
            return ExitCode.Done;
        });
        return command;
    }

    private static string TraceOf(RunStore store, string name)
    {
        var run = RunByName.Find(store, name);
        var path = store.TraceFile(run.Id);
        return File.Exists(path)
            ? path
            : throw new UsageException($"run '{run.Id}' has no trace", "a trace is kept of runs in which a stage was executed");
    }
}
