using System.Globalization;
using Pipelines.Runner.Documents;
using Pipelines.Stages.Shell;

namespace Pipelines.Runner.Planning;

/// <summary>Gives a document its meaning: kinds, parameters, sources, order, cells. Finds all that is wrong at once.</summary>
internal sealed class PlanBuilder(PipelineDocument document, StageCatalog catalog)
{
    private readonly List<Diagnostic> _diagnostics = [];

    public Checked<Plan> Build()
    {
        var drafts = Drafts();
        SourceResolver sources = new(drafts, _diagnostics);
        foreach (var draft in drafts.Values)
            sources.Resolve(draft);
        new LeavingOut(drafts, _diagnostics).Apply();
        StageOrder order = new([.. drafts.Values], _diagnostics);
        CellExpansion expansion = new(_diagnostics);
        IReadOnlyList<StageDraft> ordered = [.. order.Sorted().Where(draft => !draft.IsLeftOut)];
        var stages = Stages(ordered, expansion, expansion.Of(ordered));
        var expectations = ExpectationReader.Read(document.Expect, drafts, stages, _diagnostics);
        var report = ReportReader.Read(document.Report, _diagnostics);
        var title = document.Title is null ? new(null, document.Name?.Text) : TextReading.Localized(document.Title, "'title'", _diagnostics);
        var seed = document.Seed is null ? 0 : Seed(document.Seed);
        // A stage may lack its kind without an error here: the document said so already.
        if (_diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error) || document.Name is null || stages.Contains(null))
            return new(null, _diagnostics);
        return new(
            new(document.Name.Text, title, seed, stages!, expectations, report, document.Source, document.Resolved)
            {
                LeftOut = [.. drafts.Values.Where(draft => draft.IsLeftOut).Select(draft => new LeftOutStage(draft.Id, draft.Entry.If!.At))],
            },
            _diagnostics);
    }

    private Dictionary<string, StageDraft> Drafts()
    {
        Dictionary<string, StageDraft> drafts = new(document.Stages.Count, StringComparer.Ordinal);
        HashSet<string> manifests = new(StringComparer.Ordinal);
        foreach (var entry in document.Stages)
        {
            var kind = KindOf(entry);
            if (kind is not null && manifests.Add(kind.Spec.Kind))
                _diagnostics.AddRange(kind.Diagnostics);
            StageDraft draft = new(drafts.Count, entry, kind) { Policy = PolicyReader.Read(entry, _diagnostics) };
            // Where cells differ, each is bound by itself.
            if (!draft.DiffersByCell)
                (draft.Bound, draft.Seed) = (Bound(draft, entry.With), entry.Seed is null ? null : Seed(entry.Seed));
            drafts.Add(entry.Id.Text, draft);
        }
        foreach (var draft in drafts.Values)
            if (draft.Entry.Run is not null)
                draft.Kind = Commands.WithInputs(draft.Entry, draft.Kind!, drafts);
        return drafts;
    }

    private CommandReader Commands => field ??= new(catalog.Command, _diagnostics);

    private StageKind? KindOf(StageEntry entry)
    {
        if (entry.Uses is null)
            return null;
        if (entry.Run is not null)
            return Commands.WithOutputs(entry);
        var kind = entry.Uses.Text == RunCommand.Kind ? null : catalog.Find(entry.Uses.Text);
        if (kind is null)
            _diagnostics.Add(entry.Uses.Text == RunCommand.Kind ? Diagnostics.RunIsNoKind(entry.Uses) : UnknownKind(entry.Uses));
        return kind;
    }

    private Diagnostic UnknownKind(YamlScalar uses)
    {
        var unknown = Diagnostics.UnknownKind(uses, catalog.Kinds);
        return unknown with { IsConsequence = unknown.IsConsequence || catalog.IsIncomplete };
    }

    private BoundParameters? Bound(StageDraft draft, YamlMap? with) =>
        draft.Kind is null ? null : ParameterBinder.Bind(draft.Kind, with, draft.Entry.Uses!, _diagnostics);

    private ulong Seed(YamlNode node)
    {
        if (node is YamlScalar { IsPlain: true } scalar && ScalarText.IsWholeNumber(scalar.Text)
            && ulong.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
            return seed;
        _diagnostics.Add(Diagnostics.BadSeed(node));
        return 0;
    }

    /// <summary>Null for what could not be planned.</summary>
    private List<PlannedStage?> Stages(IReadOnlyList<StageDraft> ordered, CellExpansion expansion, IReadOnlyDictionary<string, DraftCells> cells)
    {
        List<PlannedStage?> stages = new(ordered.Count);
        foreach (var draft in ordered)
            if (cells.TryGetValue(draft.Id, out var known))
                stages.AddRange(known.Cells.Select(cell => draft.DiffersByCell ? PlannedCell(draft, cell, expansion) : Planned(draft, draft.Bound, draft.Seed, cell, expansion)));
            else
                stages.Add(null);
        return stages;
    }

    private PlannedStage? PlannedCell(StageDraft draft, Cell cell, CellExpansion expansion)
    {
        YamlMap axes = new([.. cell.Values.Select(value => new YamlEntry(new(value.Key, IsPlain: true, value.Value.Value.At), value.Value.Value))], draft.Entry.Id.At);
        var variables = Variables.OfCell(document.Variables, axes, document.Spread, _diagnostics);
        var bound = Bound(draft, draft.Entry.With is { } with ? (YamlMap)variables.In(with) : null);
        return Planned(draft, bound, draft.Entry.Seed is { } seed ? Seed(variables.In(seed)) : null, cell, expansion);
    }

    private static PlannedStage? Planned(StageDraft draft, BoundParameters? bound, ulong? seed, Cell cell, CellExpansion expansion)
    {
        if (bound is null)
            return null;
        Dictionary<string, IReadOnlyList<OutputRef>> inputs = new(draft.Inputs.Count, StringComparer.Ordinal);
        bound.Places["uses"] = draft.Entry.Uses!.At;
        foreach (var (port, sources) in draft.Inputs)
        {
            inputs.Add(port, expansion.Sources(sources, draft.Gathers(port), cell));
            bound.Places[$"from.{port}"] = sources[0].Written.At;
        }
        if (draft.Entry.Timeout is { } timeout)
            bound.Places["timeout"] = timeout.At;
        return new(cell.IdOf(draft.Id), draft.Kind!.Spec, inputs, bound.Record, bound.Values, draft.Entry.Id.At, bound.Places)
        {
            Base = draft.Id,
            Cell = [.. cell.Values.Select(value => KeyValuePair.Create(value.Key, value.Value.Text))],
            Seed = seed,
            Policy = draft.Policy,
            Plugin = draft.Kind.Plugin,
            Words = draft.Entry.Run is null ? [] : CommandWords.In(bound.Values["run"].Text),
        };
    }
}

/// <summary>A stage while it is being planned.</summary>
/// <param name="Index">Its position in the file.</param>
/// <param name="Kind">Null when it is unknown: nothing more is said about such a stage.</param>
internal sealed record StageDraft(int Index, StageEntry Entry, StageKind? Kind)
{
    public string Id => Entry.Id.Text;

    public StageKind? Kind { get; set; } = Kind;

    /// <summary>Whether its values depend on the cell.</summary>
    public bool DiffersByCell { get; } = Entry.With?.FirstThatWaits() is not null || Entry.Seed?.FirstThatWaits() is not null;

    /// <summary>The same for all cells, unless they differ.</summary>
    public BoundParameters? Bound { get; set; }

    public ulong? Seed { get; set; }

    public StagePolicy Policy { get; init; } = StagePolicy.Default;

    public bool IsLeftOut { get; set; }

    /// <summary>By input port.</summary>
    public Dictionary<string, List<DraftInput>> Inputs { get; } = new(StringComparer.Ordinal);

    /// <summary>Every stage named in <c>from</c> that exists, whether its port does or not.</summary>
    public List<DraftEdge> Needs { get; } = [];

    /// <summary>Whether a port takes all cells of its sources.</summary>
    public bool Gathers(string port) => Kind!.Spec.Inputs.First(input => input.Name == port).Many;
}

internal sealed record DraftInput(OutputRef Output, YamlScalar Written);

internal sealed record DraftEdge(int From, SourceSpan At);
