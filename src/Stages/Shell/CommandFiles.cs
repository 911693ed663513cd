using System.Diagnostics;
using System.Globalization;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Stages.Shell;

/// <summary>Where a command finds its inputs and leaves its outputs: <c>in/rows.parquet</c>, <c>out/scores.json</c>.</summary>
internal sealed class CommandFiles
{
    private readonly string _in;
    private readonly string _out;
    private readonly string _root;

    /// <param name="root">The folder the command runs in.</param>
    public CommandFiles(string scratch, string root)
    {
        _root = root;
        _in = Directory.CreateDirectory(Path.Combine(scratch, "in")).FullName;
        _out = Directory.CreateDirectory(Path.Combine(scratch, "out")).FullName;
    }

    public string Input(string port, int index, IReadOnlyList<Artifact> all, bool isCsv)
    {
        var name = all.Count == 1 ? port : string.Create(CultureInfo.InvariantCulture, $"{port}.{index}");
        return Path.Combine(_in, name + all[index] switch
        {
            Table => isCsv ? ".csv" : ".parquet",
            Model => "",
            Metrics or Card => ".json",
            _ => throw new UnreachableException(),
        });
    }

    public string Output(OutputPort port, bool isCsv) =>
        Path.Combine(_out, port.Name + (port.Artifact != ArtifactKind.Table ? ".json" : isCsv ? ".csv" : ".parquet"));

    public string InCommand(CommandPlace place, IReadOnlyList<Artifact> artifacts) =>
        string.Join(' ', artifacts.Select((_, i) => Word(Input(place.Port, i, artifacts, place.IsCsv))));

    public string InCommand(CommandPlace place, OutputPort port) => Word(Output(port, place.IsCsv));

    // The place may stand in quotes or not, so no quotes are added: below the root the path has no sign that needs any.
    private string Word(string path) => path.All(IsPlain) ? path : Path.GetRelativePath(_root, path);

    private static bool IsPlain(char sign) => char.IsAsciiLetterOrDigit(sign) || sign is '/' or '.' or '-' or '_';
}
