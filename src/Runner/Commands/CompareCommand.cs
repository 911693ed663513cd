using System.CommandLine;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>compare</c>: what two runs, or two revisions in git, did differently, and what came of it.</summary>
internal static class CompareCommand
{
    public static Command Create(Screen screen)
    {
        var before = new Argument<string>("first")
        {
            Description = "Id of a run, or a part of it that no other run has; with --pipeline a revision in git.",
        };
        var after = new Argument<string>("second")
        {
            Description = "Another one; left out: the latest run, or the lock file as it is now.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var pipeline = new Option<string?>("--pipeline")
        {
            Description = "Compare the lock files of this pipeline in two revisions.",
            HelpName = "file",
        };
        var json = new Option<bool>("--json") { Description = "One JSON object, for programs." };
        var html = new Option<string?>("--html") { Description = "Writes a page that needs nothing else.", HelpName = "file" };
        var language = new Option<string>("--language")
        {
            Description = "Of the page: en or fr.",
            DefaultValueFactory = _ => "en",
            HelpName = "language",
        };
        language.AcceptOnlyFromAmong("en", "fr");
        var command = new Command("compare", "Compares parameters and metrics of two runs, or of two revisions in git.")
        {
            before, after, pipeline, json, html, language,
        };
        command.SetAction(arguments =>
        {
            var (first, second) = (arguments.GetValue(before)!, arguments.GetValue(after));
            var comparison = arguments.GetValue(pipeline) is { } file ? OfRevisions(file, first, second) : OfRuns(first, second);
            if (arguments.GetValue(json))
                screen.Out.Write(ComparisonJson.Of(comparison));
            else
                ComparisonPrinter.Write(screen, comparison);
            if (arguments.GetValue(html) is { } page)
                OutputFile.Write(arguments.GetValue(json) ? screen with { Out = screen.Error } : screen, page,
                    ComparisonPage.Of(comparison, arguments.GetValue(language)!, Installation.Find().Folder));
            return ExitCode.Done;
        });
        return command;
    }

    private static Comparison OfRuns(string before, string? after)
    {
        var root = ProjectRoot.OfFolder(WorkingFolder.Path);
        var runs = new RunStore(root);
        const string Help = "see: ./runner runs; revisions in git are compared with --pipeline FILE";
        var (first, second) = (RunByName.Find(runs, before, Help), RunByName.Find(runs, after, Help));
        return new(new(first.Id, first.Pipeline), new(second.Id, second.Pipeline),
            RunComparison.Of(first, second, OpenedPipeline.StorageOf(root).Artifacts), []);
    }

    private static Comparison OfRevisions(string pipeline, string before, string? after)
    {
        var root = ProjectRoot.Of(WorkingFolder.Absolute(pipeline));
        GitRevision first = new(before, root, pipeline), second = new(after, root, pipeline);
        var (lockBefore, lockAfter) = (first.Lock(), second.Lock());
        var catalog = Installation.Find().Catalog;
        var (planBefore, planAfter) = (first.Plan(catalog), second.Plan(catalog));
        List<string> notes = [];
        foreach (var (revision, plan) in new[] { (first, planBefore), (second, planAfter) })
            if (plan is null)
                notes.Add($"{pipeline} as of {revision.Name ?? "now"} cannot be planned by this runner: parameters are not compared");
        return new(first.Side(lockBefore), second.Side(lockAfter),
            LockComparison.Of(lockBefore, lockAfter, planBefore, planAfter, catalog.IsSource), notes);
    }
}
