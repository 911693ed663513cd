using System.Globalization;
using Pipelines.Runner.Documents;
using Pipelines.Stages.Shell;

namespace Pipelines.Runner.Planning;

/// <summary>Gives a document its meaning: kinds, parameters, sources, order, cells. Finds all that is wrong at once.</summary>
internal sealed class PlanBuilder
{
    private readonly PipelineDocument _document;
    private readonly StageCatalog _catalog;
    private readonly string _projectRoot;
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly CellValues _values;

    // The planned stages that a matrix repeats, by id.
    private readonly Dictionary<string, PlannedStage> _cells = new(StringComparer.Ordinal);

    public PlanBuilder(PipelineDocument document, StageCatalog catalog, string projectRoot) =>
        (_document, _catalog, _projectRoot, _values) = (document, catalog, projectRoot, new(document, _diagnostics));

    public Checked<Plan> Build()
    {
        var drafts = Drafts();
        SourceResolver sources = new(drafts, _diagnostics);
        foreach (var draft in drafts.Values)
            sources.Resolve(draft);
        new ConditionalStages(drafts, _diagnostics).Apply();
        StageOrder order = new([.. drafts.Values], _diagnostics);
        CellExpansion expansion = new(_values, _diagnostics);
        IReadOnlyList<StageDraft> ordered = [.. order.Sorted().Where(draft => !draft.IsLeftOut)];
        var stages = Stages(ordered, expansion, expansion.Of(ordered));
        KnownMetrics known = new(stages.OfType<PlannedStage>(), _diagnostics);
        known.CheckDeciding();
        known.CheckContests();
        var expectations = ExpectationReader.Read(_document.Expect, drafts, stages, known, _diagnostics);
        var title = _document.Title is null
            ? new(null, _document.Name?.Text)
            : TextReading.Localized(_document.Title, "'title'", _diagnostics);
        ExpectationReader bounds = new(drafts, stages, known, _diagnostics);
        var report = ReportReader.Read(_document.Report, bounds, _diagnostics);
        var question = _document.Question is null ? null : TextReading.Sentence(_document.Question, "'question'", _diagnostics);
        var hypothesis = _document.Hypothesis is null
            ? null
            : HypothesisReader.Read(_document.Hypothesis, bounds, _document.Stages.Any(stage => stage.Matrix is not null),
                extends: _document.Extended is not null, _diagnostics);
        var references = new ReferenceReader(bounds, _diagnostics).Read(_document.Reference);
        var seed = _document.Seed is null ? 0 : Seed(_document.Seed);
        // A stage without a kind was already reported when the document was read.
        if (_diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error) || _document.Name is null || stages.Contains(null))
            return new(null, _diagnostics);
        return new(
            new(_document.Name.Text, title, seed, stages!, expectations, report, _document.Source, _document.Resolved)
            {
                Question = question,
                Extended = _document.Extended,
                Variables = [.. _document.Variables.Keys],
                Hypothesis = hypothesis,
                References = references,
                LeftOut = [.. drafts.Values.Where(draft => draft.IsLeftOut)
                    .Select(draft => new LeftOutStage(draft.Id, draft.Entry.If!.At))],
            },
            _diagnostics);
    }

    private Dictionary<string, StageDraft> Drafts()
    {
        Dictionary<string, StageDraft> drafts = new(_document.Stages.Count, StringComparer.Ordinal);
        HashSet<string> manifests = new(StringComparer.Ordinal);
        CellSources sources = new(_values, _diagnostics);
        foreach (var entry in _document.Stages)
        {
            var kind = KindOf(entry);
            if (kind is not null && manifests.Add(kind.Spec.Kind))
                _diagnostics.AddRange(kind.Diagnostics);
            StageDraft draft = new(drafts.Count, entry, kind)
            {
                OwnCells = MatrixReader.Read(entry.Id, entry.Matrix, FindSeed(_document.Seed) ?? 0, _diagnostics),
                Halving = Halving.Read(entry.Matrix, _diagnostics),
                Title = entry.Title is null ? null : TextReading.Localized(entry.Title, "'title'", _diagnostics),
                Section = ReportReader.Section(entry.Section, _diagnostics),
            };
            // A stage that depends on its cell is bound for each cell, once cells are known.
            if (!draft.DiffersByCell)
                (draft.Bound, draft.Seed, draft.Policy) = (Bound(draft, entry.With), SeedOf(entry), StagePolicy.Read(entry, _diagnostics));
            sources.Spread(draft);
            drafts.Add(entry.Id.Text, draft);
        }
        foreach (var draft in drafts.Values)
        {
            if (draft.Entry.Run is not null)
                draft.Kind = Commands.WithInputs(draft, drafts);
            if (draft.Halving?.Rungs.FirstOrDefault(rung => drafts.ContainsKey(RungPlanner.IdOf(draft.Id, rung))) is { } taken)
            {
                _diagnostics.Add(Diagnostics.RungIdTaken(taken, RungPlanner.IdOf(draft.Id, taken)));
                draft.Halving = null;
            }
        }
        return drafts;
    }

    private CommandReader Commands => field ??= new(_catalog.Command, _diagnostics);

    private StageKind? KindOf(StageEntry entry)
    {
        if (entry.Uses is null)
            return null;
        if (entry.Run is not null)
            return Commands.WithOutputs(entry);
        var kind = entry.Uses.Text == RunCommand.Kind ? null : _catalog.Find(entry.Uses.Text);
        if (kind is null)
            _diagnostics.Add(entry.Uses.Text == RunCommand.Kind ? Diagnostics.RunIsNoKind(entry.Uses) : UnknownKind(entry.Uses));
        return kind;
    }

    private Diagnostic UnknownKind(YamlScalar uses)
    {
        var unknown = Diagnostics.UnknownKind(uses, _catalog.Kinds);
        return unknown with { IsConsequence = unknown.IsConsequence || _catalog.IsIncomplete };
    }

    private BoundParameters? Bound(StageDraft draft, YamlMap? with) =>
        draft.Kind is null ? null : ParameterBinder.Bind(draft.Kind, with, draft.Entry.Uses!, _projectRoot, _diagnostics);

    private ulong? SeedOf(StageEntry entry) => entry.Seed is null ? null : Seed(entry.Seed);

    private ulong Seed(YamlNode node)
    {
        if (FindSeed(node) is { } seed)
            return seed;
        _diagnostics.Add(Diagnostics.BadSeed(node));
        return 0;
    }

    private static ulong? FindSeed(YamlNode? node) =>
        node is YamlScalar { IsPlain: true } scalar && CoreSchema.IsWholeNumber(scalar.Text)
        && ulong.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) ? seed : null;

    /// <summary>Null for what could not be planned.</summary>
    private List<PlannedStage?> Stages(
        IReadOnlyList<StageDraft> ordered, CellExpansion expansion, IReadOnlyDictionary<string, DraftCells> cells)
    {
        List<PlannedStage?> stages = new(ordered.Count);
        foreach (var draft in ordered)
            if (cells.TryGetValue(draft.Id, out var known) && draft.Halving is { } halving)
                stages.AddRange(
                    new RungPlanner((of, cell) => PlannedCell(of, cell, expansion), _diagnostics).Plan(draft, known.Cells, halving));
            else if (known is not null)
                foreach (var cell in known.Cells)
                    stages.Add(draft.DiffersByCell ? PlannedCell(draft, cell, expansion) : Planned(draft, cell, expansion));
            else
                stages.Add(null);
        return stages;
    }

    private PlannedStage? PlannedCell(StageDraft draft, Cell cell, CellExpansion expansion)
    {
        var variables = _values.Of(cell, draft.Entry.Id.At);
        var entry = CellValues.In(draft.Entry, variables);
        entry = entry with { With = entry.With is { } with ? (YamlMap)variables.In(with) : null };
        var bound = Bound(draft, entry.With);
        return Planned(draft with { Entry = entry, Bound = bound, Seed = SeedOf(entry), Policy = StagePolicy.Read(entry, _diagnostics) },
            cell, expansion);
    }

    private PlannedStage? Planned(StageDraft draft, Cell cell, CellExpansion expansion)
    {
        if (draft.Bound is not { } bound)
            return null;
        Dictionary<string, IReadOnlyList<OutputRef>> inputs = new(draft.Inputs.Count, StringComparer.Ordinal);
        foreach (var (port, all) in draft.Inputs)
            if (all.FindAll(input => input.IsOf(cell)) is { Count: > 0 } sources)
                inputs.Add(port, expansion.Sources(sources, draft.Gathers(port), cell));
        if (Repetitions.AddTo(draft.Entry.With, draft.Kind!.Spec, inputs, _cells, draft.Entry.Uses!.At) is { } with)
            bound = Bound(draft, with)!;
        bound.Places["uses"] = Place.Of(draft.Entry.Uses!);
        foreach (var port in inputs.Keys)
            bound.Places[$"from.{port}"] = Place.Of(draft.Inputs[port].First(input => input.IsOf(cell)).Written);
        foreach (var axis in (draft.Entry.Matrix as YamlMap)?.Entries ?? [])
            bound.Places[$"matrix.{axis.Key.Text}"] = Place.Of(axis.Key);
        if (draft.Entry.Timeout is { } timeout)
            bound.Places["timeout"] = Place.Of(timeout);
        if (draft.Entry.Resources is { } resources)
            StageResources.AddPlaces(resources, bound.Places);
        if ((draft.Entry.Seed ?? _document.Seed) is { } seed)
            bound.Places["seed"] = Place.Of(seed);
        PlannedStage stage = new(cell.IdOf(draft.Id), draft.Kind.Spec, inputs, bound.Record, bound.Values, draft.Entry.Id.At, bound.Places)
        {
            Base = draft.Id,
            Cell = [.. cell.Values.Select(value => KeyValuePair.Create(value.Key, value.Value.Text))],
            Seed = draft.Seed,
            Policy = draft.Policy,
            Plugin = draft.Kind.Plugin,
            Manifest = draft.Kind.Manifest,
            Title = draft.Title,
            Section = draft.Section,
            Words = draft.Entry.Run is null ? [] : CommandWords.In(bound.Values["run"].Text, _projectRoot),
        };
        if (stage.Cell.Count > 0)
            _cells.Add(stage.Id, stage);
        return stage;
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
    public bool DiffersByCell { get; } =
        new[] { Entry.With, Entry.Seed, Entry.Cost, Entry.Timeout, Entry.Retries, Entry.Resources }
            .Any(node => node?.FirstThatWaits() is not null)
        || Entry.From.Any(entry => entry.Sources.Any(source => source.Written.WaitsForCell));

    /// <summary>The cells of its own matrix, <see cref="Cell.Whole"/> without one; null when it cannot be read.</summary>
    public IReadOnlyList<Cell>? OwnCells { get; init; }

    public Halving? Halving { get; set; }

    public LocalizedText? Title { get; init; }

    public string? Section { get; init; }

    /// <summary>Its sources as they are in the cells.</summary>
    public IReadOnlyList<FromEntry> From { get; set; } = Entry.From;

    /// <summary>Which of its own cells a source is for; one that is not here is for all.</summary>
    public Dictionary<SourceReference, List<Cell>> CellsBySource { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Bound once for all cells; null where the parameters depend on the cell.</summary>
    public BoundParameters? Bound { get; set; }

    public ulong? Seed { get; set; }

    public StagePolicy Policy { get; set; } = StagePolicy.Default;

    public bool IsLeftOut { get; set; }

    /// <summary>By input port.</summary>
    public Dictionary<string, List<DraftInput>> Inputs { get; } = new(StringComparer.Ordinal);

    /// <summary>Every stage named in <c>from</c> that exists, whether its port does or not.</summary>
    public List<DraftEdge> Needs { get; } = [];

    /// <summary>Whether a port takes all cells of its sources.</summary>
    public bool Gathers(string port) => Kind!.Spec.Inputs.First(input => input.Name == port).Many;
}

/// <param name="For">The cells of the stage's own matrix that take it; null: all.</param>
internal sealed record DraftInput(OutputRef Output, YamlScalar Written, IReadOnlyList<Cell>? For = null)
{
    public bool IsOf(Cell cell) => For is null || For.Any(own => own.AgreesWith(cell));
}

internal sealed record DraftEdge(int From, SourceSpan At);
