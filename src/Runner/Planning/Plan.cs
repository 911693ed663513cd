using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Planning;

/// <summary>A checked pipeline: every name resolved, every parameter bound, stages in an order in which they can run.</summary>
/// <param name="Resolved">The pipeline after <c>extends</c>, variables and overrides.</param>
public sealed record Plan(
    string Pipeline, LocalizedText Title, ulong Seed, IReadOnlyList<PlannedStage> Stages, IReadOnlyList<Expectation> Expectations,
    ReportSettings Report, SourceFile Source, YamlNode Resolved)
{
    private const int MaxOverrides = 60;

    /// <summary>As shown in the report; of a large pipeline it is a long text, made when it is asked for.</summary>
    public string ResolvedYaml => field ??= YamlWriter.Write(Resolved);

    public IReadOnlyList<LeftOutStage> LeftOut { get; init; } = [];

    /// <summary>What the experiment asks; null where the file does not say.</summary>
    public LocalizedText? Question { get; init; }

    public Hypothesis? Hypothesis { get; init; }

    /// <summary>What a document says that was measured, to be compared with what is measured here.</summary>
    public IReadOnlyList<ReferenceValue> References { get; init; } = [];

    /// <summary>The name of the pipeline that this one extends, and so is a variation of; null: it extends none.</summary>
    public string? Extended { get; init; }

    /// <summary>Names of the variables that the file has.</summary>
    public IReadOnlyCollection<string> Variables { get; init; } = [];

    /// <summary>What the command line changed in the file.</summary>
    public Overrides Overrides { get; init; } = Overrides.None;

    /// <summary>
    /// What files of a run are named after: the pipeline, and what the command line changed, since that is another experiment, e.g.
    /// <c>icd10@epochs=3</c>.
    /// </summary>
    public string RunName => RunNameOf(Pipeline, Overrides);

    internal static string RunNameOf(string pipeline, Overrides overrides) => overrides.IsEmpty ? pipeline : $"{pipeline}@{FileWord.Of(
        string.Join(',', overrides.Variables.Concat(overrides.Values).Order(StringComparer.Ordinal)), MaxOverrides, "=,")}";

    /// <summary>The name of the pipeline where it is written.</summary>
    internal YamlNode Name => ((YamlMap)Resolved).Find("pipeline")!.Value;

    /// <summary>Reads and plans a file: the plan, unless there is an error, and all findings of both steps.</summary>
    /// <param name="read">The file of a path relative to the project root, or null.</param>
    /// <param name="withPlugins">The kinds together with those of the plugins the file names; null: plugins are not looked at.</param>
    /// <param name="projectRoot">What the paths of input files are relative to; empty: they stay as they are written.</param>
    public static Checked<Plan> Read(
        SourceFile source, Func<string, SourceFile?> read, Overrides overrides, StageCatalog catalog,
        Func<IReadOnlyList<YamlScalar>, Checked<StageCatalog>>? withPlugins = null, string projectRoot = "")
    {
        var document = PipelineDocument.Parse(source, read, overrides);
        if (document.Value is null)
            return new(null, Diagnostic.Sorted(document.Diagnostics));
        var kinds = withPlugins?.Invoke(document.Value.Plugins) ?? new(catalog, []);
        var plan = new PlanBuilder(document.Value, kinds.Value!, projectRoot).Build();
        Checked<Plan> both = new(plan.Value, Diagnostic.Sorted([.. document.Diagnostics, .. kinds.Diagnostics, .. plan.Diagnostics]));
        return both with { Value = both.HasErrors ? null : both.Value! with { Overrides = overrides } };
    }

    /// <summary>Stages by what a user calls them: a stage as written means all its cells, <c>model@dropout=0.1</c> one of them.</summary>
    public ILookup<string, PlannedStage> ByName() => Stages
        .SelectMany(stage => stage.Base == stage.Id ? [stage.Id] : new[] { stage.Base, stage.Id }, (stage, name) => (name, stage))
        .ToLookup(named => named.name, named => named.stage, StringComparer.Ordinal);

    /// <summary>These stages and all that they need, however far before them, in the order of the plan.</summary>
    /// <param name="ids">Null: all.</param>
    public IEnumerable<PlannedStage> Selected(IEnumerable<string>? ids)
    {
        if (ids is null)
            return Stages;
        HashSet<string> wanted = new(ids, StringComparer.Ordinal);
        // Backwards, so that every user is seen before what it needs.
        foreach (var stage in Stages.Reverse())
            if (wanted.Contains(stage.Id))
                wanted.UnionWith(stage.Needs);
        return Stages.Where(stage => wanted.Contains(stage.Id));
    }
}

/// <summary>A stage that is not part of the plan because its condition is false.</summary>
/// <param name="If">The place of the condition.</param>
public sealed record LeftOutStage(string Id, SourceSpan If);

/// <param name="Inputs">By port name; several sources only at a port that gathers.</param>
/// <param name="Parameters">The bound <c>Params</c> record.</param>
/// <param name="Values">Every bound parameter, defaults included, by dotted path (<c>layers.0.embedding.size</c>), sorted.</param>
/// <param name="Places">Where the rest is written: <c>uses</c>, <c>seed</c>, <c>timeout</c>, <c>from.&lt;port&gt;</c>,
/// <c>matrix.&lt;axis&gt;</c>, and <c>with.&lt;path&gt;</c> of lists and maps.</param>
public sealed record PlannedStage(
    string Id, StageSpec Spec, IReadOnlyDictionary<string, IReadOnlyList<OutputRef>> Inputs, object Parameters,
    IReadOnlyDictionary<string, ParameterValue> Values, SourceSpan At, IReadOnlyDictionary<string, Place> Places)
{
    /// <summary>What the name of a parameter begins with where other names are possible: <c>with.epochs</c>.</summary>
    internal const string With = "with.";

    /// <summary>The id as written, without the cell.</summary>
    public string Base { get; init; } = Id;

    /// <summary>Its values of matrices by axis; empty where there is no matrix.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Cell { get; init; } = [];

    /// <summary>What it has to win to be run as planned; null: it is.</summary>
    public Contest? Contest { get; init; }

    /// <summary>Ids of the stages that it waits for; some more than once.</summary>
    public IEnumerable<string> Needs => Inputs.Values.SelectMany(sources => sources).Select(source => source.StageId)
        .Concat(Contest?.Candidates.Select(candidate => candidate.Id) ?? []);

    /// <summary>Instead of the pipeline's; null: that.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Words of its command that may name files of the project; those that do count in the fingerprint.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    public StagePolicy Policy { get; init; } = StagePolicy.Default;

    /// <summary>Where its code is when it is not the runner's own.</summary>
    public PluginCode? Plugin { get; init; }

    /// <summary>The words of its kind.</summary>
    public Manifest Manifest { get; init; } = Manifest.Empty;

    /// <summary>Its own heading in the report; null: its kind's.</summary>
    public LocalizedText? Title { get; init; }

    /// <summary>The chapter that the file puts it in; null: its kind's.</summary>
    public string? Section { get; init; }

    /// <summary>What it says of itself in the report.</summary>
    public ReportManifest Report => Title is null && Section is null ? Manifest.Report : Manifest.Report with
    {
        Title = Title ?? Manifest.Report.Title,
        Section = Section ?? Manifest.Report.Section,
    };

    /// <summary>What it loads from the hub; null: nothing.</summary>
    public HubRepository? Repository => (Parameters as IFromHub)?.Repository;

    /// <summary>The environment variable with its secret; null: it has none.</summary>
    public string? SecretVariable =>
        Spec.Parameters.FirstOrDefault(parameter => parameter.IsSecret) is { } secret ? Values[secret.Name].Text : null;

    /// <summary>
    /// The place of <c>with.layers.0.lstm.units</c> or of the nearest thing around it; null where the file says nothing of it (a default).
    /// </summary>
    /// <param name="name">May leave out the cases of unions, as stages do that name a parameter: <c>with.layers.0.units</c>.</param>
    public Place? FindPlace(string name)
    {
        var (path, place) = ("", (Place?)null);
        foreach (var part in name.Split('.'))
        {
            var next = path.Length == 0 ? part : $"{path}.{part}";
            if (path.StartsWith(With, StringComparison.Ordinal) && !IsKnown(next)
                && Values.GetValueOrDefault(path[With.Length..]) is { } union)
                next = $"{path}.{union.Text}.{part}";
            place = WrittenAt(next) ?? place;
            path = next;
        }
        return place;
    }

    /// <summary>As <see cref="FindPlace"/>; where the file says nothing, the place of the stage.</summary>
    public SourceSpan PlaceOf(string name) => FindPlace(name)?.At ?? At;

    /// <summary>Exactly where this is written; null where it is not.</summary>
    public Place? WrittenAt(string name) =>
        name.StartsWith(With, StringComparison.Ordinal) && Values.GetValueOrDefault(name[With.Length..]) is { } value ? value.Place
        : Places.TryGetValue(name, out var place) ? place
        : null;

    // The case of a union is part of the paths below it, but is no parameter itself.
    private bool IsKnown(string name) => WrittenAt(name) is not null || Values.ContainsKey(name[With.Length..])
        || Values.Keys.Any(path => path.StartsWith(name[With.Length..] + ".", StringComparison.Ordinal));
}

/// <param name="Text">Canonical text: numbers invariant and shortest, text as it is, lists spread over indexed paths.</param>
/// <param name="Place">Where it is written; null: it is a default.</param>
/// <param name="File">The path as it is written, when the parameter is an input file: its content takes the place of <paramref
/// name="Text"/> in the fingerprint.</param>
public sealed record ParameterValue(string Text, bool InFingerprint, Place? Place = null, string? File = null);

/// <summary>Where a value takes effect.</summary>
/// <param name="SetAt">Where it is written, when a variable brought it from there.</param>
public readonly record struct Place(SourceSpan At, SourceSpan? SetAt = null)
{
    internal static Place Of(YamlNode node) => new(node.At, node.SetAt);
}

public sealed record OutputRef(string StageId, string Port)
{
    public override string ToString() => $"{StageId}.{Port}";
}

/// <summary>A text in French and English; either may be the only one.</summary>
public sealed record LocalizedText(string? Fr, string? En)
{
    public string In(string language) => (language == "fr" ? Fr ?? En : En ?? Fr) ?? "";
}

/// <summary>What the authors expect, written before the run.</summary>
/// <param name="Holds">What has to be measured for it to be true, for each cell; empty: a reader decides.</param>
public sealed record Hypothesis(LocalizedText Text, IReadOnlyList<Expectation> Holds)
{
    /// <summary>What it says of what is compared; null: it has bounds, or a reader decides.</summary>
    public ExpectedDifference? Difference { get; init; }
}

/// <summary>What a hypothesis may say of a difference.</summary>
public enum ExpectedDifference
{
    /// <summary>None can be measured between the values of a matrix, or with the pipeline that is extended.</summary>
    None,

    /// <summary>The pipeline is measurably better than the one that it extends.</summary>
    Better,

    /// <summary>The pipeline is measurably worse than the one that it extends.</summary>
    Worse,
}

/// <summary>A number of a document.</summary>
/// <param name="Metric">What measures the same here, for each cell.</param>
/// <param name="Within">How far another run may be off and still count as the same result.</param>
/// <param name="Why">What explains a difference; null: nothing is said.</param>
public sealed record ReferenceValue(LocalizedText What, IReadOnlyList<string> Metric, double Value, double Within, LocalizedText? Why);

/// <summary>A bound on a metric, e.g. <c>scores.test.exact_match</c> at least 0.8.</summary>
/// <param name="Metric">Of one cell, where its stage has several.</param>
public sealed record Expectation(string Metric, double? AtLeast, double? AtMost, SourceSpan At)
{
    /// <summary>What is taken from the metric: then the bounds are those of the difference. Null: nothing.</summary>
    public string? Minus { get; init; }

    /// <summary>What is bounded, in words: a metric, or one less another.</summary>
    public string Bounded => WithMinus(Metric, Minus);

    /// <summary>The same as in the file, without cells.</summary>
    public string Written { get; init; } = Metric;

    internal static string WithMinus(string metric, string? minus) => minus is null ? metric : $"{metric} − {minus}";
}

/// <param name="Answers">A Markdown file with the student's own text, relative to the project root.</param>
public sealed record ReportSettings(
    string Template, string Language, IReadOnlyList<string> Authors, string? Course, string? Date, string? Answers)
{
    /// <summary>Where they are written; null: a default.</summary>
    public SourceSpan? TemplateAt { get; init; }

    public SourceSpan? AnswersAt { get; init; }

    public string? University { get; init; }

    /// <summary>Who the report is handed to.</summary>
    public string? Attention { get; init; }

    /// <summary>A folder of the project with templates of its own, which go before the runner's; null: there is none.</summary>
    public string? Folder { get; init; }

    /// <summary>Texts that the file changes, by the key of a phrase or a word.</summary>
    public IReadOnlyList<ReportWord> Words { get; init; } = [];

    /// <summary>The numbers that are shown large, by <c>stage.metric</c>; empty: those that the kinds name.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>What the authors have to answer, in the order of the file.</summary>
    public IReadOnlyList<ReportQuestion> Questions { get; init; } = [];
}

/// <summary>A text of the report in the words of a pipeline.</summary>
/// <param name="At">The place of the key.</param>
public sealed record ReportWord(string Key, LocalizedText Text, SourceSpan At);

/// <param name="Id">The key of its answer.</param>
public sealed record ReportQuestion(string Id, LocalizedText Text);
