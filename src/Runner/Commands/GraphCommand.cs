using System.CommandLine;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>graph</c>: the stages and what flows between them, as text for other programs.</summary>
internal static class GraphCommand
{
    public static Command Create(Screen screen)
    {
        var pipeline = new PipelineArguments();
        var format = new Option<string>("--format") { Description = "mermaid or dot.", DefaultValueFactory = _ => "mermaid", HelpName = "format" };
        format.AcceptOnlyFromAmong("mermaid", "dot");
        var command = new Command("graph", "Writes the graph of a pipeline: Mermaid or DOT.") { format };
        pipeline.AddTo(command);
        command.SetAction(arguments =>
        {
            var plan = pipeline.Open(arguments).Plan;
            screen.Out.Write(arguments.GetValue(format) switch
            {
                "dot" => PlanGraph.Dot(plan),
                _ => PlanGraph.Mermaid(plan),
            });
            return ExitCode.Done;
        });
        return command;
    }
}
