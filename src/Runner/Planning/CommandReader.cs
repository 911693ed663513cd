using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts.Specs;
using Pipelines.Stages.Shell;

namespace Pipelines.Runner.Planning;

/// <summary>Finds the ports of a stage that is a command, and checks the places for files in its text.</summary>
/// <param name="command">What all commands have in common.</param>
internal sealed class CommandReader(StageKind command, ICollection<Diagnostic> diagnostics)
{
    // The name of an input whose source is written without a port.
    private const string OnlyInput = "rows";

    private static readonly Dictionary<string, ArtifactKind> Kinds = new(StringComparer.Ordinal)
    {
        ["table"] = ArtifactKind.Table,
        ["metrics"] = ArtifactKind.Metrics,
        ["card"] = ArtifactKind.Card,
    };

    /// <summary>Its kind, with outputs only: what its inputs are depends on the stages they come from.</summary>
    public StageKind WithOutputs(StageEntry entry)
    {
        List<OutputPort> outputs = [];
        if (entry.Outputs is YamlMap { Entries.Count: > 0 } map)
        {
            foreach (var (name, kind) in map.Entries)
                if (IsPortName(name) && kind is YamlScalar word && Kinds.TryGetValue(word.Text, out var artifact))
                    outputs.Add(new(name.Text, artifact));
                else if (IsPortName(name) && !kind.IsUnresolved)
                    diagnostics.Add(Diagnostics.BadOutput(kind, name.Text));
                else if (!IsPortName(name))
                    diagnostics.Add(Diagnostics.BadPortName(name));
        }
        else if (entry.Outputs is null or YamlMap)
            diagnostics.Add(Diagnostics.NoOutputs(entry.Outputs ?? entry.Run!, entry.Id.Text));
        else if (!entry.Outputs.IsUnresolved)
            diagnostics.Add(Diagnostics.NoMap(entry.Outputs, "'outputs'"));
        return command with { Spec = RunCommand.Spec([], outputs) };
    }

    /// <summary>Adds the inputs and checks the command.</summary>
    public StageKind WithInputs(StageDraft draft, IReadOnlyDictionary<string, StageDraft> drafts)
    {
        var (entry, kind) = (draft.Entry, draft.Kind!);
        List<InputPort> inputs = [];
        foreach (var from in draft.From)
        {
            var name = from.Port?.Text ?? OnlyInput;
            if (from.Port is { } port && !IsPortName(port))
                diagnostics.Add(Diagnostics.BadPortName(port));
            inputs.Add(new(name, ArtifactOf(from, name, drafts), Optional: false, Many: from.IsList, Reads: null));
        }
        IReadOnlyList<OutputPort> outputs = [.. kind.Spec.Outputs.Where(port => port.Name != RunCommand.SummaryPort)];
        foreach (var place in CommandTemplate.PlacesIn(entry.Run!.Text))
            Check(entry.Run, place, inputs.Find(port => port.Name == place.Port),
                outputs.FirstOrDefault(port => port.Name == place.Port), inputs, outputs);
        if (CommandWords.FindChangeOfFolder(entry.Run.Text) is { } change)
            diagnostics.Add(Diagnostics.ChangesFolder(entry.Run.PlaceOf(change.Start, change.Length)));
        return kind with { Spec = RunCommand.Spec(inputs, outputs) };
    }

    private static ArtifactKind ArtifactOf(FromEntry from, string port, IReadOnlyDictionary<string, StageDraft> drafts)
    {
        if (from.Sources.Count == 0 || drafts.GetValueOrDefault(from.Sources[0].Stage)?.Kind is not { } kind)
            return ArtifactKind.Table;
        var outputs = kind.Spec.Outputs;
        if (outputs.FirstOrDefault(output => output.Name == (from.Sources[0].Port ?? port)) is { } named)
            return named.Artifact;
        // A stage's first output is its main one; a card is taken only where it is named.
        return outputs.FirstOrDefault(output => output.Artifact != ArtifactKind.Card)?.Artifact ?? ArtifactKind.Table;
    }

    private void Check(
        YamlScalar run, CommandPlace place, InputPort? input, OutputPort? output, IReadOnlyList<InputPort> inputs,
        IReadOnlyList<OutputPort> outputs)
    {
        var at = run.PlaceOf(place.Start, place.Length);
        var artifact = place.IsInput ? input?.Artifact : output?.Artifact;
        if (artifact is null)
        {
            string[] names = [.. place.IsInput ? inputs.Select(port => port.Name) : outputs.Select(port => port.Name)];
            var what = place.IsInput ? "input" : "output";
            diagnostics.Add(
                Diagnostics.UnknownPlace(run, at, $"{what} {Quoted.Short(place.Port)}", Nearest.Help(place.Port, names, $"{what}s")));
        }
        else if (place.Ending is not ("" or ".csv"))
            diagnostics.Add(Diagnostics.UnknownPlace(run, at, $"place {Quoted.Short(run.Text.Substring(place.Start, place.Length))}",
                "a place is {in.port}, {in.port.csv}, {out.port} or {out.port.csv}"));
        else if (place.IsCsv && artifact != ArtifactKind.Table)
            diagnostics.Add(Diagnostics.OnlyTablesAreCsv(run, at, place.Port));
    }

    // The name becomes part of an environment variable and of a file name.
    private static bool IsPortName(YamlScalar name) =>
        name.Text.Length is > 0 and <= 64 && name.Text != RunCommand.SummaryPort && char.IsAsciiLetterLower(name.Text[0])
        && name.Text.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign == '_');
}
