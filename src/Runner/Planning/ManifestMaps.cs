using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>What the readers of both parts of a manifest have in common: maps of texts, with findings.</summary>
internal abstract class ManifestMaps(ICollection<Diagnostic> diagnostics)
{
    protected ICollection<Diagnostic> Findings { get; } = diagnostics;

    protected YamlMap? Map(YamlNode node, string what)
    {
        if (node is not YamlMap)
            Findings.Add(Diagnostics.NoMap(node, what));
        return node as YamlMap;
    }

    protected IReadOnlyList<YamlEntry> Entries(YamlMap map, string key) =>
        map.Find(key)?.Value is { } node and not YamlScalar { IsNull: true } ? Map(node, $"'{key}'")?.Entries ?? [] : [];

    /// <param name="what">One of them, as in "A port is a text".</param>
    protected Dictionary<string, LocalizedText> Texts(YamlMap map, string key, string what)
    {
        Dictionary<string, LocalizedText> texts = new(StringComparer.Ordinal);
        foreach (var entry in Entries(map, key))
            texts[entry.Key.Text] = Localized(entry.Value, what);
        return texts;
    }

    protected LocalizedText Localized(YamlNode node, string what) => TextReading.Localized(node, what, Findings);

    /// <summary>The text at a key; null: it is not there, or no text.</summary>
    protected string? Text(YamlMap map, string key) =>
        map.Find(key) is { } entry ? TextReading.Text(entry.Value, $"'{key}'", Findings) : null;

    /// <summary>The word at a key, one of those allowed; null: it is not there, or another.</summary>
    protected string? Word(YamlMap map, string key, IReadOnlyList<string> choices)
    {
        var word = Text(map, key);
        if (word is null || choices.Contains(word))
            return word;
        Findings.Add(Diagnostics.NotAChoice((YamlScalar)map.Find(key)!.Value, key, choices));
        return null;
    }

    protected void CheckKeys(YamlMap map, string what, string[] known)
    {
        foreach (var entry in map.Entries)
            if (!known.Contains(entry.Key.Text))
                Findings.Add(Diagnostics.UnknownKey(entry.Key, what, known));
    }
}
