using System.Globalization;
using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Gives a document its meaning: kinds, parameters, sources, order. Finds all that is wrong at once.</summary>
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
        var ordered = order.Sorted();
        var expectations = ExpectationReader.Read(document.Expect, drafts, _diagnostics);
        var report = ReportReader.Read(document.Report, _diagnostics);
        var title = document.Title is null ? new(null, document.Name?.Text) : TextReading.Localized(document.Title, "'title'", _diagnostics);
        var seed = Seed();
        // A stage may lack its kind without an error here: the document said so already.
        if (_diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error) || document.Name is null || drafts.Values.Any(draft => draft.Bound is null))
            return new(null, _diagnostics);
        return new(
            new(document.Name.Text, title, seed, [.. ordered.Where(draft => !draft.IsLeftOut).Select(Planned)], expectations, report, document.Source, YamlWriter.Write(document.Resolved))
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
            var kind = entry.Uses is null ? null : catalog.Find(entry.Uses.Text);
            if (entry.Uses is not null && kind is null)
                _diagnostics.Add(Diagnostics.UnknownKind(entry.Uses, catalog.Kinds));
            if (kind is not null && manifests.Add(kind.Spec.Kind))
                _diagnostics.AddRange(kind.Diagnostics);
            var bound = kind is null ? null : ParameterBinder.Bind(kind, entry.With, entry.Uses!, _diagnostics);
            drafts.Add(entry.Id.Text, new(drafts.Count, entry, kind, bound) { Policy = PolicyReader.Read(entry, _diagnostics) });
        }
        return drafts;
    }

    private ulong Seed()
    {
        if (document.Seed is null)
            return 0;
        if (document.Seed is YamlScalar { IsPlain: true } scalar && ScalarText.IsWholeNumber(scalar.Text)
            && ulong.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
            return seed;
        _diagnostics.Add(Diagnostics.BadSeed(document.Seed));
        return 0;
    }

    private static Dictionary<string, IReadOnlyList<OutputRef>> Inputs(StageDraft draft)
    {
        Dictionary<string, IReadOnlyList<OutputRef>> inputs = new(draft.Inputs.Count, StringComparer.Ordinal);
        foreach (var (port, sources) in draft.Inputs)
            inputs.Add(port, sources.ConvertAll(source => source.Output));
        return inputs;
    }

    private static PlannedStage Planned(StageDraft draft)
    {
        var places = draft.Bound!.Places;
        places["uses"] = draft.Entry.Uses!.At;
        foreach (var (port, inputs) in draft.Inputs)
            places[$"from.{port}"] = inputs[0].Written.At;
        if (draft.Entry.Timeout is { } timeout)
            places["timeout"] = timeout.At;
        return new(
            draft.Id, draft.Kind!.Spec,
            Inputs(draft),
            draft.Bound.Record, draft.Bound.Values, draft.Entry.Id.At, places)
        { Policy = draft.Policy };
    }
}

/// <summary>A stage while it is being planned.</summary>
/// <param name="Index">Its position in the file.</param>
/// <param name="Kind">Null when it is unknown: nothing more is said about such a stage.</param>
internal sealed record StageDraft(int Index, StageEntry Entry, StageKind? Kind, BoundParameters? Bound)
{
    public string Id => Entry.Id.Text;

    public StagePolicy Policy { get; init; } = StagePolicy.Default;

    public bool IsLeftOut { get; set; }

    /// <summary>By input port.</summary>
    public Dictionary<string, List<DraftInput>> Inputs { get; } = new(StringComparer.Ordinal);

    /// <summary>Every stage named in <c>from</c> that exists, whether its port does or not.</summary>
    public List<DraftEdge> Needs { get; } = [];
}

internal sealed record DraftInput(OutputRef Output, YamlScalar Written);

internal sealed record DraftEdge(int From, SourceSpan At);
