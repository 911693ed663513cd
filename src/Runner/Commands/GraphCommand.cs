using System.CommandLine;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>graph</c>: the stages and what flows between them, as a picture or as text for other programs.</summary>
internal static class GraphCommand
{
    public static Command Create(Screen screen)
    {
        var pipeline = new PipelineArguments();
        var format = new Option<string>("--format")
        {
            Description = "mermaid, dot or svg.",
            DefaultValueFactory = _ => "mermaid",
            HelpName = "format",
        };
        format.AcceptOnlyFromAmong("mermaid", "dot", "svg");
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Where to write it; without it, to standard output.",
            HelpName = "file",
        };
        var command = new Command("graph", "Writes the graph of a pipeline: Mermaid, DOT or SVG.") { format, output };
        pipeline.AddTo(command);
        command.SetAction(arguments =>
        {
            var opened = pipeline.Open(arguments);
            var text = arguments.GetValue(format) switch
            {
                "dot" => PlanGraph.Dot(opened.Plan),
                "svg" => GraphPicture.Of(opened.Plan, opened.ProjectRoot, opened.Installation.Folder),
                _ => PlanGraph.Mermaid(opened.Plan),
            };
            if (arguments.GetValue(output) is not { } path)
                screen.Out.Write(text);
            else
                OutputFile.Write(screen, path, text);
            return ExitCode.Done;
        });
        return command;
    }
}
