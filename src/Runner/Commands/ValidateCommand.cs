using System.CommandLine;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>validate</c>: checks pipeline files without looking at data.</summary>
internal static class ValidateCommand
{
    public static Command Create(Screen screen)
    {
        var files = new Argument<string[]>("pipeline") { Description = "Pipeline files.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("validate", "Checks pipeline files: every name, type and range, all findings at once.") { files };
        command.SetAction(arguments =>
        {
            var diagnostics = new List<Documents.Diagnostic>();
            foreach (var path in arguments.GetValue(files)!)
                try
                {
                    var stages = OpenedPipeline.Open(path, Documents.Overrides.None).Plan.Stages.Count;
                    screen.Out.WriteLine($"{path}: valid, {Shown.Count(stages, "stage")}");
                }
                catch (DiagnosticsException error)
                {
                    diagnostics.AddRange(error.Diagnostics);
                }
            screen.Error.Write(Documents.DiagnosticText.Render(diagnostics));
            return diagnostics.Count == 0 ? ExitCode.Done : ExitCode.BadInput;
        });
        return command;
    }
}
