using System.CommandLine;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>validate</c>: checks pipeline files without reading data.</summary>
internal static class ValidateCommand
{
    public static Command Create(Screen screen)
    {
        var files = new Argument<string[]>("pipeline") { Description = "Pipeline files.", Arity = ArgumentArity.OneOrMore };
        var plugins = PluginOption.Create();
        var noPlugins = PluginOption.None();
        var json = new Option<bool>("--json") { Description = "One JSON object a line and finding, for programs." };
        var command = new Command("validate", "Checks pipeline files: every name, type and range, all findings at once.")
        {
            files, plugins, noPlugins, json,
        };
        command.SetAction(arguments =>
        {
            var diagnostics = new List<Documents.Diagnostic>();
            foreach (var path in arguments.GetValue(files)!)
                try
                {
                    var opened = OpenedPipeline.Open(path, Documents.Overrides.None with
                    {
                        Plugins = arguments.GetValue(plugins) ?? [],
                        LeavesPluginsOut = arguments.GetValue(noPlugins),
                    });
                    diagnostics.AddRange(opened.Warnings);
                    // The file is right all the same: the data that it names may be made or fetched later.
                    diagnostics.AddRange(opened.MissingInputs(only: null).Select(missing => missing with
                    {
                        Severity = Documents.Severity.Warning,
                    }));
                    var ofReport = opened.ReportFindings(evenIfMade: true);
                    diagnostics.AddRange(ofReport);
                    if (ofReport.All(finding => finding.Severity != Documents.Severity.Error))
                        Say(path, opened.Plan.Stages.Count, arguments.GetValue(json));
                }
                catch (DiagnosticsException error)
                {
                    diagnostics.AddRange(error.Diagnostics);
                }
            if (arguments.GetValue(json))
                screen.Out.WriteEvents(diagnostics);
            screen.Error.Write(Documents.DiagnosticFormat.Render(diagnostics, screen.Width));
            return diagnostics.Any(diagnostic => diagnostic.Severity == Documents.Severity.Error) ? ExitCode.BadInput : ExitCode.Done;
        });
        return command;

        void Say(string path, int stages, bool asEvent)
        {
            if (asEvent)
                screen.Out.WriteEvent("valid", content =>
                {
                    content.WriteString("file", path);
                    content.WriteNumber("stages", stages);
                });
            else
                screen.Out.WriteLine($"{path}: valid, {Format.Count(stages, "stage")}");
        }
    }
}
