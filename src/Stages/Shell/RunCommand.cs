using System.Reflection;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Stages.Shell;

/// <summary>
/// A stage that is a shell command. Its ports are those of the pipeline file; each is a file whose path the command finds in
/// <c>{in.port}</c>,
/// <c>{out.port}</c> and in <c>PIPELINES_IN_PORT</c>, <c>PIPELINES_OUT_PORT</c>.
/// </summary>
/// <param name="folder">Where the command runs: the project root.</param>
public sealed class RunCommand(StageSpec spec, string folder) : IStage
{
    public const string Kind = "run";

    /// <summary>The output that every command has: a card with what it gave.</summary>
    public const string SummaryPort = "summary";

    private const int Version = 1;

    private static readonly Lazy<RecordSpec> Parameters = new(() => new ShapeReader(new NullabilityInfoContext()).Record(typeof(Params)));

    /// <param name="Files">What else the result depends on, beside the files that words of the command name.</param>
    /// <param name="Env">Names of environment variables whose values the result depends on.</param>
    public sealed record Params(string Run, IReadOnlyList<InputFile>? Files = null, IReadOnlyList<string>? Env = null);

    /// <summary>The interface of one such stage.</summary>
    public static StageSpec Spec(IReadOnlyList<InputPort> inputs, IReadOnlyList<OutputPort> outputs) => new(
        Kind, Version, Uses.Nothing, typeof(RunCommand), inputs, [.. outputs, new(SummaryPort, ArtifactKind.Card)], Parameters.Value);

    public async Task<ArtifactSet> RunAsync(ArtifactSet inputs, object parameters, StageContext context, CancellationToken cancellation)
    {
        var command = ((Params)parameters).Run;
        CommandFiles files = new(context.ScratchDirectory, folder);
        await new CommandInputs(files, inputs, CommandTemplate.PlacesIn(command)).WriteAsync(cancellation).ConfigureAwait(false);
        var filled = CommandTemplate.Fill(
            command, place => place.IsInput ? files.InCommand(place, inputs.ByPort[place.Port]) : files.InCommand(place, Output(place)));
        LastLines lastErrors = new();
        var code = await ShellProcess.RunAsync(filled, folder, Environment(inputs, files), context.Log.Info, line =>
        {
            lastErrors.Add(line);
            context.Log.Info(line);
        }, cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        if (code != 0)
            throw CommandFailure.Of(code, lastErrors);
        return await new CommandOutputs(files, spec, inputs, context.Write).ReadAsync(cancellation).ConfigureAwait(false);
    }

    private OutputPort Output(CommandPlace place) => spec.Outputs.First(port => port.Name == place.Port);

    private Dictionary<string, string> Environment(ArtifactSet inputs, CommandFiles files)
    {
        // Python buffers its output otherwise, and its lines would show late.
        Dictionary<string, string> variables = new(StringComparer.Ordinal) { ["PYTHONUNBUFFERED"] = "1" };
        foreach (var (port, artifacts) in inputs.ByPort)
        {
            variables[$"PIPELINES_IN_{port.ToUpperInvariant()}"] = string.Join(
                '\n', artifacts.Select((artifact, i) => files.Input(port, i, artifacts, isCsv: false)));
            if (artifacts.Count > 0 && File.Exists(files.Input(port, 0, artifacts, isCsv: true)))
                variables[$"PIPELINES_IN_{port.ToUpperInvariant()}_CSV"] = string.Join(
                    '\n', artifacts.Select((artifact, i) => files.Input(port, i, artifacts, isCsv: true)));
        }
        foreach (var port in spec.Outputs.Where(port => port.Name != SummaryPort))
        {
            variables[$"PIPELINES_OUT_{port.Name.ToUpperInvariant()}"] = files.Output(port, isCsv: false);
            if (port.Artifact == ArtifactKind.Table)
                variables[$"PIPELINES_OUT_{port.Name.ToUpperInvariant()}_CSV"] = files.Output(port, isCsv: true);
        }
        return variables;
    }
}
