using System.CommandLine;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>status</c>: one line a pipeline file: is it up to date, and what was its last run.</summary>
internal static class StatusCommand
{
    public static Command Create(Screen screen)
    {
        var files = new Argument<string[]>("pipeline")
        {
            Description = "Pipeline files; without any, those in pipelines/.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("status", "Says which pipelines are up to date.") { files };
        command.SetAction(arguments =>
        {
            var paths = arguments.GetValue(files) is { Length: > 0 } named ? named : InFolder();
            if (paths.Length == 0)
                throw new UsageException("there is no pipeline file here", "name one, or run this where a folder 'pipelines' is");
            var width = paths.Max(path => path.Length);
            var code = ExitCode.Done;
            foreach (var path in paths)
                screen.Out.WriteLine($"{path.PadRight(width)}  {Of(path, ref code)}");
            return code;
        });
        return command;
    }

    private static string[] InFolder() =>
        Directory.Exists("pipelines") ? [.. Directory.EnumerateFiles("pipelines", "*.yaml").Order(StringComparer.Ordinal)] : [];

    private static string Of(string path, ref int code)
    {
        try
        {
            var opened = OpenedPipeline.Open(path, Documents.Overrides.None);
            var options = new RunOptions(
                opened.ProjectRoot, 1, 1, "cpu", KeepGoing: false, Only: null, new HashSet<string>(), opened.Installation.Engine);
            if (InputFileCheck.Of(opened.Plan, options.Only, opened.Storage.Files) is { Count: > 0 } missing)
                return $"{Format.Count(missing.Count, "input file")} missing: {missing[0].Message}";
            var stages = Preview.Of(opened.Plan, options, opened.Storage);
            var known = stages.Count(stage => stage.Forecast is StageForecast.Reused or StageForecast.Shared);
            return known == stages.Count
                ? $"up to date, {Format.Count(stages.Count, "stage")}"
                : $"{stages.Count - known} of {Format.Count(stages.Count, "stage")} to run";
        }
        catch (DiagnosticsException error)
        {
            code = ExitCode.BadInput;
            return $"not valid: {Format.Count(error.Diagnostics.Count, "finding")} (./runner validate {path})";
        }
    }
}
