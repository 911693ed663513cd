using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Reads <c>stages/&lt;kind&gt;.yaml</c>.</summary>
internal sealed class ManifestReader(ICollection<Diagnostic> diagnostics)
{
    private static readonly string[] RootKeys = ["summary", "details", "inputs", "outputs", "parameters", "example"];
    private static readonly string[] ParameterKeys = ["text", "min", "max", "above", "below", "choices", "examples"];

    public Manifest Read(SourceFile file)
    {
        var root = YamlReader.Read(file, diagnostics);
        if (root is null)
            return Manifest.Empty;
        if (Map(root, "A manifest") is not { } map)
            return Manifest.Empty;
        CheckKeys(map, "A manifest", RootKeys);
        var summary = map.Find("summary") is { } entry ? TextReading.Localized(entry.Value, "'summary'", diagnostics) : null;
        if (summary?.En is null)
            diagnostics.Add(Diagnostics.MissingKey(map.At with { Length = 1 }, "summary", "The manifest", "say in one sentence what the stage does: 'summary: { en: … }'"));
        return new(
            summary ?? new(null, null), Text(map, "details"), Texts(map, "inputs"), Texts(map, "outputs"), Parameters(map), Text(map, "example"));
    }

    private Dictionary<string, ParameterManifest> Parameters(YamlMap map)
    {
        Dictionary<string, ParameterManifest> parameters = new(StringComparer.Ordinal);
        foreach (var entry in Entries(map, "parameters"))
            parameters[entry.Key.Text] = Parameter(entry.Value);
        return parameters;
    }

    private ParameterManifest Parameter(YamlNode node)
    {
        if (node is not YamlMap map)
            return new(TextReading.Localized(node, "A parameter", diagnostics), null, null, null, null, null, []);
        // { en: …, fr: … } in the place of the text alone.
        if (map.Find("en") is not null)
            return new(TextReading.Localized(map, "A parameter", diagnostics), null, null, null, null, null, []);
        CheckKeys(map, "A parameter", ParameterKeys);
        var text = map.Find("text") is { } entry ? TextReading.Localized(entry.Value, "'text'", diagnostics) : new(null, null);
        if (text.En is null)
            diagnostics.Add(Diagnostics.MissingKey(map.At with { Length = 1 }, "text", "The parameter", "say what it means"));
        return new(
            text, Number(map, "min"), Number(map, "max"), Number(map, "above"), Number(map, "below"),
            map.Find("choices") is { } choices ? TextReading.Texts(choices.Value, "'choices'", diagnostics) : null,
            map.Find("examples")?.Value is { } examples ? examples is YamlList list ? list.Items : [examples] : []);
    }

    private Dictionary<string, LocalizedText> Texts(YamlMap map, string key)
    {
        Dictionary<string, LocalizedText> texts = new(StringComparer.Ordinal);
        foreach (var entry in Entries(map, key))
            texts[entry.Key.Text] = TextReading.Localized(entry.Value, "A port", diagnostics);
        return texts;
    }

    private IReadOnlyList<YamlEntry> Entries(YamlMap map, string key) =>
        map.Find(key)?.Value is { } node and not YamlScalar { IsNull: true } ? Map(node, $"'{key}'")?.Entries ?? [] : [];

    private YamlMap? Map(YamlNode node, string what)
    {
        if (node is not YamlMap)
            diagnostics.Add(Diagnostics.NoMap(node, what));
        return node as YamlMap;
    }

    private double? Number(YamlMap map, string key) => map.Find(key) is { } entry ? TextReading.Number(entry.Value, $"'{key}'", diagnostics) : null;

    private string? Text(YamlMap map, string key) => map.Find(key) is { } entry ? TextReading.Text(entry.Value, $"'{key}'", diagnostics) : null;

    private void CheckKeys(YamlMap map, string what, string[] known)
    {
        foreach (var entry in map.Entries)
            if (!known.Contains(entry.Key.Text))
                diagnostics.Add(Diagnostics.UnknownKey(entry.Key, what, known));
    }
}
