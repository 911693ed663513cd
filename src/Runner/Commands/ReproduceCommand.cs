using System.CommandLine;
using System.Diagnostics;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>reproduce</c>: runs a pipeline again and compares what it gives with the lock file beside it.</summary>
internal static class ReproduceCommand
{
    private const double ToleranceByDefault = 0.001;
    private const int MaxDifferences = 5;

    public static Command Create(Screen screen)
    {
        var pipeline = new PipelineArguments();
        var tolerance = new Option<double>("--tolerance")
        {
            Description = "Metrics that differ by no more count as equal.",
            DefaultValueFactory = _ => ToleranceByDefault,
            HelpName = "difference",
        };
        var reuse = new Option<bool>("--reuse") { Description = "Trust results in the store instead of running every stage again." };
        var command = new Command("reproduce", "Runs a pipeline again and says whether it gives what its lock file promises.")
        {
            tolerance, reuse,
        };
        pipeline.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            var opened = pipeline.Open(arguments);
            var path = PipelineLock.PathFor(arguments.GetValue(pipeline.File)!);
            var expected = PipelineLock.Read(path) ?? throw new UsageException(
                File.Exists(path) ? $"'{path}' is no lock file of this version" : $"there is no lock file '{path}'",
                (File.Exists(path) ? "take it from git again, or delete it: " : "")
                    + $"./runner exec {pipeline.Repeated(arguments)} writes it when every stage is done");
            var all = opened.Plan.Stages.Select(stage => stage.Id).ToArray();
            var options = pipeline.Options(arguments, opened, force: arguments.GetValue(reuse) ? null : all);
            opened.CheckInputFiles(options);
            options = await opened.WithCommitsAsync(options, path, cancellation).ConfigureAwait(false);
            // Read before the new results replace those that the lock file was written from.
            FirstDifferences promised = new(expected, opened.Storage.Artifacts);
            StagesChangedSinceLock others = new(opened.Plan, expected, opened.Storage.Artifacts);
            using var view = new PlainRunView(screen.Out);
            var run = await new PipelineRunner(opened.Storage, view, TimeProvider.System).RunAsync(opened.Plan, options, cancellation)
                .ConfigureAwait(false);
            if (run.Stages.Any(stage => stage.Outcome.Results is null))
            {
                RunSummary.Write(screen, opened.Plan, run, null, [], $"./runner reproduce {pipeline.Repeated(arguments)}");
                return run.Interrupted ? ExitCode.Interrupted : ExitCode.Failed;
            }
            var actual = PipelineLock.Of(run, HubCommits.ByStage(opened.Plan, options));
            var stages = Reproduction.Compare(expected, actual, arguments.GetValue(tolerance));
            return Say(screen, stages, await promised.InAsync(run, stages, cancellation).ConfigureAwait(false), others.In(actual));
        });
        return command;
    }

    private static int Say(Screen screen, IReadOnlyList<ReproducedStage> stages, IReadOnlyDictionary<string, string> first,
        IReadOnlyDictionary<string, string> others)
    {
        var width = stages.Max(stage => stage.Id.Length);
        foreach (var stage in stages)
        {
            var differences = stage.Differences.Count == 0 ? "" : $": {Shortened(stage.Differences)}";
            screen.Out.WriteLine($"{stage.Id.PadRight(width)}  {Word(stage.Verdict)}{differences}");
            if (others.TryGetValue(stage.Id, out var another))
                screen.Out.WriteLine($"{new string(' ', width)}    not the stage of the lock file: {another}");
            if (first.TryGetValue(stage.Id, out var difference))
                screen.Out.WriteLine($"{new string(' ', width)}    {difference}");
        }
        var overall = Reproduction.Overall(stages);
        if (others.Count > 0)
            screen.Out.WriteLine($"the lock file was written from {(others.Count == 1 ? "another stage" : "other stages")}: "
                + $"{string.Join(", ", others.Keys)}; exec writes it anew");
        screen.Out.WriteLine($"{Format.Count(stages.Count, "stage")}: {Word(overall)}");
        return overall == ReproductionVerdict.Different ? ExitCode.Failed : ExitCode.Done;
    }

    private static string Shortened(IReadOnlyList<string> differences) =>
        string.Join(", ", differences.Take(MaxDifferences))
            + (differences.Count > MaxDifferences ? $" and {differences.Count - MaxDifferences} more" : "");

    private static string Word(ReproductionVerdict verdict) => verdict switch
    {
        ReproductionVerdict.Identical => "identical",
        ReproductionVerdict.WithinTolerance => "equal within tolerance",
        ReproductionVerdict.Different => "different",
        _ => throw new UnreachableException(),
    };
}
