using System.CommandLine;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>compare</c>: what two runs did differently, and what came of it.</summary>
internal static class CompareCommand
{
    public static Command Create(Screen screen)
    {
        var before = new Argument<string>("first") { Description = "Id of a run, or a part of it that no other run has." };
        var after = new Argument<string>("second") { Description = "Id of another run; left out: the latest.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("compare", "Compares parameters and metrics of two runs.") { before, after };
        command.SetAction(arguments =>
        {
            var root = ProjectRoot.OfFolder(Environment.CurrentDirectory);
            var runs = new RunStore(root);
            var (first, second) = (RunByName.Find(runs, arguments.GetValue(before)!), RunByName.Find(runs, arguments.GetValue(after)));
            screen.Out.WriteLine($"{first.Id} ({first.Pipeline}) → {second.Id} ({second.Pipeline})");
            var stages = RunComparison.Of(first, second, OpenedPipeline.StorageOf(root).Artifacts);
            foreach (var stage in stages)
                Write(screen, stage, stages.Max(other => other.Id.Length));
            screen.Out.WriteLine(stages.Count == 0 ? "no parameter and no metric differs" : $"{Shown.Count(stages.Count, "stage")} with differences");
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(Screen screen, ComparedStage stage, int width)
    {
        var lines = stage.Changes.Select(Text).Concat(stage.Metrics.Select(Text)).ToList();
        if (stage.OnlyIn is { } run)
            lines.Insert(0, $"only in {run} run");
        for (var i = 0; i < lines.Count; i++)
            screen.Out.WriteLine($"{(i == 0 ? stage.Id : "").PadRight(width)}  {lines[i]}");
    }

    private static string Text(FingerprintChange change) =>
        $"{change.Name} {Shown.Cut(Shown.OneLine(change.Old ?? "none"), 40)} → {Shown.Cut(Shown.OneLine(change.New ?? "none"), 40)}";

    private static string Text(ComparedMetric metric) => metric is { Before: { } before, After: { } after }
        ? $"{metric.Name} {Shown.Number(before)} → {Shown.Number(after)} ({(after >= before ? "+" : "-")}{Shown.Number(Math.Abs(after - before))})"
        : $"{metric.Name} {Number(metric.Before)} → {Number(metric.After)}";

    private static string Number(double? value) => value is { } number ? Shown.Number(number) : "none";
}
