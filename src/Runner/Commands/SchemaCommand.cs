using System.CommandLine;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>schema</c>: writes the JSON schema with which editors complete and check pipeline files.</summary>
internal static class SchemaCommand
{
    private const string FileName = "pipelines/pipeline.schema.json";

    public static Command Create(Screen screen)
    {
        var output = new Option<string>("--output", "-o")
        {
            Description = "Where to write it; - for standard output.",
            DefaultValueFactory = _ => FileName,
            HelpName = "file",
        };
        var plugins = PluginOption.Create();
        var command = new Command("schema", "Writes the JSON schema that lets editors complete and check pipeline files.")
        {
            output, plugins,
        };
        command.SetAction(arguments =>
        {
            var schema = PipelineSchema.Write(PluginOption.Catalog(arguments.GetValue(plugins)));
            if (schema.Diagnostics.Count > 0)
                throw new DiagnosticsException(schema.Diagnostics);
            var path = arguments.GetValue(output)!;
            if (path == "-")
                screen.Out.Write(schema.Value);
            else
                OutputFile.Write(screen, path, schema.Value!);
            return ExitCode.Done;
        });
        return command;
    }
}
