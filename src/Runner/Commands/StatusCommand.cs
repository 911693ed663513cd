using System.CommandLine;
using System.Text.Json.Nodes;
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
        var json = JsonOption.Create();
        var noPlugins = PluginOption.None();
        var command = new Command("status", "Says which pipelines are up to date.") { files, json, noPlugins };
        command.SetAction(arguments =>
        {
            var paths = arguments.GetValue(files) is { Length: > 0 } named ? named : InFolder();
            if (paths.Length == 0)
                throw new UsageException("there is no pipeline file here", "name one, or run this where a folder 'pipelines' is");
            var all = paths.Select(path => Of(path, loads: !arguments.GetValue(noPlugins))).ToList();
            var width = paths.Max(path => path.Length);
            if (arguments.GetValue(json))
                JsonOption.Write(screen, JsonOption.List(all, Json));
            else
                foreach (var status in all)
                    screen.Out.WriteLine($"{status.File.PadRight(width)}  {status.Text}");
            return all.Exists(status => !status.IsValid) ? ExitCode.BadInput : ExitCode.Done;
        });
        return command;
    }

    private static JsonObject Json(PipelineStatus status) => new()
    {
        ["file"] = status.File,
        ["valid"] = status.IsValid,
        ["up_to_date"] = status.ToRun == 0,
        ["stages"] = status.Stages,
        ["to_run"] = status.ToRun,
        ["text"] = status.Text,
    };

    private static string[] InFolder() =>
        Directory.Exists("pipelines") ? [.. Directory.EnumerateFiles("pipelines", "*.yaml").Order(StringComparer.Ordinal)] : [];

    private static PipelineStatus Of(string path, bool loads)
    {
        try
        {
            var opened = OpenedPipeline.Open(path, Documents.Overrides.None with { LeavesPluginsOut = !loads });
            var options = new RunOptions(
                opened.ProjectRoot, 1, 1, "cpu", KeepGoing: false, Only: null, new HashSet<string>(), opened.Installation.Engine);
            if (InputFileCheck.Of(opened.Plan, options.Only, opened.Storage.Files) is { Count: > 0 } missing)
                return new(path, $"{Format.Count(missing.Count, "input file")} missing: {missing[0].Message}");
            var stages = Preview.Of(opened.Plan, options, opened.Storage);
            var toRun = stages.Count(stage => stage.Forecast is not (StageForecast.Reused or StageForecast.Shared));
            return new(path, toRun == 0
                ? $"up to date, {Format.Count(stages.Count, "stage")}"
                : $"{toRun} of {Format.Count(stages.Count, "stage")} to run")
            {
                Stages = stages.Count,
                ToRun = toRun,
            };
        }
        catch (DiagnosticsException error)
        {
            return new(path, $"not valid: {Format.Count(error.Diagnostics.Count, "finding")} (./runner validate {path})")
            {
                IsValid = false,
            };
        }
    }

    /// <param name="Text">For people.</param>
    private sealed record PipelineStatus(string File, string Text)
    {
        public bool IsValid { get; init; } = true;

        public int? Stages { get; init; }

        /// <summary>Null where it is not known.</summary>
        public int? ToRun { get; init; }
    }
}
