using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Reads <c>stages/&lt;kind&gt;.yaml</c>, all but what it says for reports.</summary>
/// <param name="read">The file that <c>includes</c> names, by its path from the project root.</param>
internal sealed class ManifestReader(ICollection<Diagnostic> diagnostics, Func<string, SourceFile?> read) : ManifestMaps(diagnostics)
{
    public const string ReportKey = "report";

    private static readonly string[] RootKeys = ["summary", "details", "inputs", "outputs", "parameters", "includes", "example", ReportKey];
    private static readonly string[] ParameterKeys = ["text", "min", "max", "above", "below", "choices", "examples", "role"];

    private static readonly Dictionary<string, ParameterRole> Roles = new(StringComparer.Ordinal)
    {
        ["label-length"] = ParameterRole.LabelLength,
        ["deciding-metric"] = ParameterRole.DecidingMetric,
        ["stops-after"] = ParameterRole.StopsAfter,
    };

    /// <param name="report">What the file holds under <c>report</c>, where it was not cut out.</param>
    public Manifest Read(SourceFile file, out YamlNode? report)
    {
        report = null;
        var root = YamlReader.Read(file, Findings);
        if (root is null || Map(root, "A manifest") is not { } map)
            return Manifest.Empty;
        CheckKeys(map, "A manifest", RootKeys);
        var summary = map.Find("summary") is { } entry ? Localized(entry.Value, "'summary'") : null;
        if (summary?.En is null)
            Findings.Add(Diagnostics.MissingKey(
                map.At with { Length = 1 }, "summary", "The manifest", "say in one sentence what the stage does: 'summary: { en: … }'"));
        report = map.Find(ReportKey)?.Value;
        return new(
            summary ?? new(null, null), Text(map, "details"), Texts(map, "inputs", "A port"), Texts(map, "outputs", "A port"),
            Parameters(map), Text(map, "example"));
    }

    private Dictionary<string, ParameterManifest> Parameters(YamlMap map)
    {
        Dictionary<string, ParameterManifest> parameters = new(StringComparer.Ordinal);
        foreach (var entry in Included(map).Concat(Entries(map, "parameters")))
            parameters[entry.Key.Text] = Parameter(entry.Value);
        return parameters;
    }

    /// <summary>Words that several kinds share, of the record they inline.</summary>
    private IReadOnlyList<YamlEntry> Included(YamlMap map)
    {
        if (Text(map, "includes") is not { } name)
            return [];
        if (read($"stages/{name}.yaml") is not { } file)
        {
            Findings.Add(Diagnostics.NoIncludedManifest(map.Find("includes")!.Value, $"stages/{name}.yaml"));
            return [];
        }
        if (YamlReader.Read(file, Findings) is not { } root || Map(root, "A manifest") is not { } included)
            return [];
        CheckKeys(included, "What manifests include", ["parameters"]);
        return Entries(included, "parameters");
    }

    private ParameterManifest Parameter(YamlNode node)
    {
        // { en: …, fr: … } in the place of the text alone.
        if (node is not YamlMap map || map.Find("en") is not null)
            return new(Localized(node, "A parameter"), null, null, null, null, null, []);
        CheckKeys(map, "A parameter", ParameterKeys);
        var text = map.Find("text") is { } entry ? Localized(entry.Value, "'text'") : new(null, null);
        if (text.En is null)
            Findings.Add(Diagnostics.MissingKey(map.At with { Length = 1 }, "text", "The parameter", "say what it means"));
        return new(
            text, Number(map, "min"), Number(map, "max"), Number(map, "above"), Number(map, "below"),
            map.Find("choices") is { } choices ? TextReading.Texts(choices.Value, "'choices'", Findings) : null,
            map.Find("examples")?.Value is { } examples ? examples is YamlList list ? list.Items : [examples] : [])
        {
            Role = Word(map, "role", [.. Roles.Keys]) is { } role ? Roles[role] : null,
        };
    }

    private double? Number(YamlMap map, string key) =>
        map.Find(key) is { } entry ? TextReading.Number(entry.Value, $"'{key}'", Findings) : null;
}
