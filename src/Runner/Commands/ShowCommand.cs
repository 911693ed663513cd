using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Commands;

/// <summary><c>show</c>: what a stage made, in the terminal: rows of a table, metrics, files of a model.</summary>
internal static class ShowCommand
{
    private const int RowsByDefault = 10;

    public static Command Create(Screen screen)
    {
        var pipeline = new PipelineArguments();
        var stage = new Argument<string>("stage") { Description = "The stage." };
        var port = new Option<string?>("--port")
        {
            Description = "Which output; without it, the table, else the metrics.",
            HelpName = "name",
        };
        var rows = new Option<int>("--rows") { Description = "How many rows.", DefaultValueFactory = _ => RowsByDefault, HelpName = "n" };
        var from = new Option<long>("--from") { Description = "The first row to show, counting from 0.", HelpName = "row" };
        var columns = new Option<string[]>("--columns")
        {
            Description = "Only these columns.",
            HelpName = "name",
            AllowMultipleArgumentsPerToken = true,
        };
        var to = new Option<string?>("--to") { Description = "Copies the files of the model into this folder.", HelpName = "folder" };
        var command = new Command("show", "Shows what a stage made: rows of its table, its metrics, the files of its model.");
        pipeline.AddTo(command);
        command.Add(stage);
        var json = JsonOption.Create();
        foreach (var option in new Option[] { port, rows, from, columns, to, json })
            command.Add(option);
        command.SetAction(async (arguments, cancellation) =>
        {
            var opened = pipeline.Open(arguments);
            var id = arguments.GetValue(stage)!;
            var outputs = StoredOutputs.Of(opened, pipeline.Options(arguments, opened), id);
            var planned = opened.Plan.Stages.First(other => other.Id == id);
            var artifact = Choose(outputs, arguments.GetValue(port));
            StoredArtifacts.Check(opened.Storage.Artifacts, [artifact]);
            if (arguments.GetValue(to) is { } folder)
                Copy(screen, artifact, WorkingFolder.Absolute(folder));
            else if (artifact is Table table)
            {
                TableExcerpt excerpt = new(
                    table, Columns(table, arguments.GetValue(columns)), arguments.GetValue(from), arguments.GetValue(rows));
                await (arguments.GetValue(json)
                    ? excerpt.WriteJsonAsync(screen, cancellation)
                    : excerpt.WriteAsync(screen, text => SourceName.IsOne(text) ? SourceNames.In(planned, text) : text, cancellation))
                    .ConfigureAwait(false);
            }
            else if (arguments.GetValue(json))
                JsonOption.Write(screen, Json(artifact));
            else
                Write(screen, artifact);
            return ExitCode.Done;
        });
        return command;
    }

    private static Artifact Choose(ArtifactSet outputs, string? port)
    {
        if (port is null)
            return outputs.ByPort.Values.Select(artifacts => artifacts[0])
                .OrderBy(artifact => artifact switch
                {
                    Table => 0,
                    Metrics => 1,
                    Model => 2,
                    Card => 3,
                    _ => throw new UnreachableException(),
                })
                .First();
        return outputs.ByPort.TryGetValue(port, out var found)
            ? found[0]
            : throw new UsageException($"the stage has no output '{port}'", Nearest.Help(port, [.. outputs.ByPort.Keys], "outputs"));
    }

    private static IReadOnlyList<Column> Columns(Table table, string[]? names)
    {
        if (names is not { Length: > 0 })
            return table.Columns;
        return [.. names.Select(name => table.Find(name)
            ?? throw new UsageException(
                $"the table has no column '{name}'", Nearest.Help(name, [.. table.Columns.Select(column => column.Name)], "columns")))];
    }

    private static void Copy(Screen screen, Artifact artifact, string folder)
    {
        if (artifact is not Model)
            throw new UsageException("only the files of a model are copied", "name its output: --port model");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new UsageException($"'{folder}' is not empty", "name a folder that does not exist yet");
        Directory.CreateDirectory(folder);
        foreach (var file in FilesOf(artifact))
            file.CopyTo(Path.Combine(folder, file.Name));
        screen.Out.WriteLine($"{Format.Count(FilesOf(artifact).Count(), "file")} in {folder}");
    }

    private static IEnumerable<FileInfo> FilesOf(Artifact artifact) =>
        new DirectoryInfo(artifact.Directory).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal);

    private static JsonObject Json(Artifact artifact) => artifact is Metrics metrics
        ? new(metrics.Values.Select(metric => KeyValuePair.Create(metric.Key, (JsonNode?)JsonOption.Number(metric.Value))))
        : new()
        {
            ["directory"] = artifact.Directory,
            ["files"] = new JsonObject(FilesOf(artifact).Select(file => KeyValuePair.Create(file.Name, (JsonNode?)file.Length))),
        };

    private static void Write(Screen screen, Artifact artifact)
    {
        if (artifact is Metrics metrics)
        {
            var width = metrics.Values.Keys.Select(name => name.Length).DefaultIfEmpty().Max();
            foreach (var (name, value) in metrics.Values)
                screen.Out.WriteLine($"{name.PadRight(width)}  {Format.Number(value)}");
            return;
        }
        foreach (var file in FilesOf(artifact))
            screen.Out.WriteLine($"{file.Name}  {Format.Count(file.Length)} bytes");
        screen.Out.WriteLine(artifact.Directory);
    }
}
