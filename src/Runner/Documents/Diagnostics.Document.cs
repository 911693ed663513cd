namespace Pipelines.Runner.Documents;

public static partial class Diagnostics
{
    public static Diagnostic NoMap(YamlNode found, string what) =>
        Error("not-a-map", $"{what} is a map, but this is {found.Described}.", found);

    public static Diagnostic NoList(YamlNode found, string what, string example) =>
        Error("not-a-list", $"{what} is a list, but this is {found.Described}.", found, $"write {example}");

    public static Diagnostic NoText(YamlNode found, string what) =>
        Error("not-a-text", $"{what} is a text, but this is {found.Described}.", found);

    public static Diagnostic UnknownKey(YamlScalar key, string where, IReadOnlyCollection<string> options) =>
        Error("unknown-key", $"{where} has no key {Quoted.Short(key.Text)}.", key, Nearest.Help(key.Text, options, "keys"));

    public static Diagnostic UnknownStageKey(YamlScalar key, IReadOnlyCollection<string> options) =>
        Error("unknown-key", $"A stage has no key {Quoted.Short(key.Text)}.", key,
            Nearest.To(key.Text, options) is { } nearest
                ? $"did you mean '{nearest}'?"
                : $"parameters of its kind stand under 'with'; keys: {string.Join(", ", options)}");

    public static Diagnostic MissingKey(
        SourceSpan at, string key, string where, string help, IReadOnlyList<RelatedPlace>? related = null) =>
        Error("missing-key", $"{where} has no '{key}'.", at, help, related);

    public static Diagnostic NoIncludedManifest(YamlNode at, string path) =>
        Error("no-included-manifest", $"There is no {path} to include.", at, "it holds 'parameters:' that several kinds have");

    public static Diagnostic NoStages(SourceSpan at) =>
        Error("no-stages", "The pipeline has no stages.", at,
            "add a stage under 'stages:', e.g. 'rows: { uses: verb/what, with: { … } }'; "
            + "'./runner stages' lists the kinds with an example of each");

    public static Diagnostic BadStageId(YamlScalar id) =>
        Error("bad-stage-id", $"{Quoted.Short(id.Text)} cannot name a stage.", id,
            "a stage id starts with a letter and has letters a-z, digits, '-' and '_' only, 64 at most");

    public static Diagnostic ReservedStageId(YamlScalar id) =>
        Error("reserved-stage-id", $"{Quoted.Short(id.Text)} is a reserved word.", id, "choose another stage id");

    public static Diagnostic NothingToRemove(YamlScalar id, IReadOnlyCollection<string> ids) =>
        Error("nothing-to-remove", $"The stage {Quoted.Short(id.Text)} is empty.", id, Nearest.To(id.Text, ids) is { } nearest
            ? $"to remove the stage of the extended file, did you mean '{nearest}'?"
            : "give it a kind ('uses: verb/what'; './runner stages' lists them), or remove the line");

    public static Diagnostic BadPipelineName(YamlNode name) =>
        Error("bad-pipeline-name", $"Files are named after the pipeline, so this cannot be {name.Described}.", name,
            "use letters, digits, '-', '_' and '.', starting with a letter or digit, 100 at most (160 bytes in UTF-8)");

    public static Diagnostic BadSeed(YamlNode seed) =>
        Error("bad-seed", $"The seed is a whole number from 0 to {ulong.MaxValue}, but this is {seed.Described}.", seed);

    public static Diagnostic BadSource(YamlNode source) =>
        Error("bad-source", $"A source is written 'stage' or 'stage.port', but this is {source.Described}.", source);

    public static Diagnostic ExtendsMissing(YamlScalar path, IReadOnlyList<string> tried) =>
        Error("extends-missing", $"There is no file {Quoted.Short(path.Text)} to extend.", path, $"looked for {Quoted.List(tried)}");

    public static Diagnostic ExtendsRefused(YamlScalar path, string why) =>
        Error("extends-refused", $"{Quoted.Short(path.Text)} is not read: {why}.", path);

    public static Diagnostic ExtendsCycle(YamlScalar path, IReadOnlyList<string> chain) =>
        Error("extends-cycle", $"The files extend each other: {string.Join(" → ", chain)}.", path);

    public static Diagnostic ExtendsTooDeep(YamlScalar path, int max) =>
        Error("extends-too-deep", $"More than {max} files extend each other.", path);
}
