using System.Diagnostics;
using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Planning;

/// <summary>Finds for every input port of a stage the output ports that feed it.</summary>
internal sealed class SourceResolver(IReadOnlyDictionary<string, StageDraft> drafts, ICollection<Diagnostic> diagnostics)
{
    private const int MaxSuggested = 8;

    private readonly NameOptions _ids = new(drafts.Keys);
    private readonly Dictionary<ArtifactKind, List<string>> _giving = [];

    public void Resolve(StageDraft draft)
    {
        HashSet<string> given = new(StringComparer.Ordinal);
        var isClear = true;
        foreach (var entry in draft.From)
        {
            foreach (var source in entry.Sources)
                Need(draft, source);
            if (draft.Kind is not { } kind || Port(draft, kind, entry) is not { } port)
            {
                isClear = false;
                continue;
            }
            if (!entry.IsEmpty)
                given.Add(port.Name);
            if (entry.IsList && !port.Many)
                diagnostics.Add(Diagnostics.OneSourceOnly(entry, port.Name, kind.Spec.Kind));
            else
                foreach (var source in entry.Sources)
                    if (drafts.GetValueOrDefault(source.Stage)?.Kind is { } fromKind)
                        Connect(draft, port, source, fromKind);
        }
        // A 'from' that could not be understood has been reported already.
        if (draft.Kind is not null && isClear)
        {
            AddPaired(draft, draft.Kind, given);
            CheckMissing(draft, draft.Kind, given);
        }
    }

    private void Need(StageDraft draft, SourceReference source)
    {
        if (drafts.TryGetValue(source.Stage, out var from))
            draft.Needs.Add(new(from.Index, source.Written.At));
        else
            diagnostics.Add(Diagnostics.UnknownStage(source.Written, source.Stage, _ids.Next()));
    }

    private InputPort? Port(StageDraft draft, StageKind kind, FromEntry entry)
    {
        var inputs = kind.Spec.Inputs;
        if (entry.Port is { } name)
        {
            foreach (var port in inputs)
                if (port.Name == name.Text)
                    return port;
            diagnostics.Add(Diagnostics.UnknownInputPort(name, draft.Id, kind.Spec.Kind, [.. inputs.Select(port => port.Name)]));
            return null;
        }
        if (inputs.Count == 0)
            diagnostics.Add(Diagnostics.TakesNothing(entry.At, draft.Id, kind.Spec.Kind));
        else if (inputs.Count == 1)
            return inputs[0];
        else if (inputs.Where(port => !port.Optional && port.PairedWith is null).ToList() is [var only])
            return only;
        else
            diagnostics.Add(Diagnostics.UnclearInput(entry.At, draft.Id, kind.Spec.Kind, [.. inputs.Select(port => port.Name)]));
        return null;
    }

    private void Connect(StageDraft draft, InputPort port, SourceReference source, StageKind fromKind)
    {
        if (Output(port, draft.Kind!.Spec.Kind, source, fromKind.Spec) is not { } output)
            return;
        var inputs = InputsOf(draft, port);
        OutputRef reference = new(source.Stage, output.Name);
        var cells = draft.CellsBySource.GetValueOrDefault(source);
        if (inputs.FindIndex(input => input.Output == reference) is var index and >= 0)
            // Two values of an axis may name one output (rows and rows.rows), each for its own cells.
            if (cells is not null && inputs[index].For is { } others && !cells.Any(others.Contains))
                inputs[index] = inputs[index] with { For = [.. others, .. cells] };
            else
                diagnostics.Add(Diagnostics.DuplicateSource(source.Written, port.Name, inputs[index].Written));
        else
            inputs.Add(new(reference, source.Written, cells));
    }

    /// <summary>Feeds a paired input that was left out from the stages that feed the input it is paired with.</summary>
    private void AddPaired(StageDraft draft, StageKind kind, HashSet<string> given)
    {
        foreach (var port in kind.Spec.Inputs)
        {
            if (port.PairedWith is not { } paired || !given.Contains(paired) || !given.Add(port.Name))
                continue;
            foreach (var (from, written, cells) in draft.Inputs.GetValueOrDefault(paired) ?? [])
                if (Fitting(port, drafts[from.StageId].Kind!.Spec) is { } output)
                    InputsOf(draft, port).Add(new(new(from.StageId, output.Name), written, cells));
                else
                    diagnostics.Add(Diagnostics.NothingBeside(written, port.Name, kind.Spec.Kind, A(port.Artifact), paired));
        }
    }

    private static List<DraftInput> InputsOf(StageDraft draft, InputPort port)
    {
        if (!draft.Inputs.TryGetValue(port.Name, out var inputs))
            draft.Inputs.Add(port.Name, inputs = []);
        return inputs;
    }

    private OutputPort? Output(InputPort port, string kind, SourceReference source, StageSpec from)
    {
        if (source.Port is { } name)
        {
            var named = from.Outputs.FirstOrDefault(output => output.Name == name);
            if (named is null)
                diagnostics.Add(Diagnostics.UnknownOutputPort(
                    source.Written, source.Stage, from.Kind, name, [.. from.Outputs.Select(output => output.Name)]));
            else if (named.Artifact != port.Artifact)
                diagnostics.Add(
                    Diagnostics.WrongArtifact(source.Written, port.Name, kind, A(port.Artifact), A(named.Artifact), Giving(port)));
            else
                return named;
            return null;
        }
        if (Fitting(port, from) is { } fitting)
            return fitting;
        var unclear = from.Outputs.Where(output => output.Artifact == port.Artifact).Select(output => output.Name).ToList();
        diagnostics.Add(unclear.Count == 0
            ? Diagnostics.WrongArtifact(source.Written, port.Name, kind, A(port.Artifact), Given(from), Giving(port))
            : Diagnostics.UnclearOutput(source.Written, A(port.Artifact), unclear));
        return null;
    }

    private List<string> Giving(InputPort port)
    {
        if (!_giving.TryGetValue(port.Artifact, out var ids))
            _giving.Add(port.Artifact, ids =
                [.. drafts.Values.Where(draft => draft.Kind is { } kind
                    && kind.Spec.Outputs.Any(output => output.Artifact == port.Artifact)).Select(draft => draft.Id).Take(MaxSuggested)]);
        return ids;
    }

    /// <summary>The only output of this artifact, or that of the same name.</summary>
    private static OutputPort? Fitting(InputPort port, StageSpec from)
    {
        OutputPort? only = null, named = null;
        var count = 0;
        foreach (var output in from.Outputs)
            if (output.Artifact == port.Artifact)
            {
                count++;
                only = output;
                named = output.Name == port.Name ? output : named;
            }
        return count == 1 ? only : named;
    }

    private void CheckMissing(StageDraft draft, StageKind kind, HashSet<string> given)
    {
        foreach (var port in kind.Spec.Inputs)
            if (!port.Optional && !given.Contains(port.Name) && (port.PairedWith is not { } paired || given.Contains(paired)))
                diagnostics.Add(Diagnostics.MissingInput(
                    draft.Entry.Id, draft.Id, kind.Spec.Kind, port.Name, A(port.Artifact),
                    kind.Manifest.Inputs.GetValueOrDefault(port.Name)?.In("en")));
    }

    private static string Given(StageSpec from) =>
        from.Outputs.Count == 0 ? "nothing" : Quoted.List(from.Outputs.Select(output =>
            PortName.Of(output.Artifact.ToString()) == output.Name ? A(output.Artifact) : $"{A(output.Artifact)} ({output.Name})"));

    private static string A(ArtifactKind kind) => kind switch
    {
        ArtifactKind.Table => "a table",
        ArtifactKind.Model => "a model",
        ArtifactKind.Metrics => "metrics",
        ArtifactKind.Card => "a card",
        _ => throw new UnreachableException(),
    };
}
