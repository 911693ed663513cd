namespace Pipelines.Runner.Documents;

/// <summary>One YAML over another: maps key by key, all else replaces, and <c>null</c> over something removes it.</summary>
internal static class Merging
{
    public static YamlNode Over(YamlNode below, YamlNode above) =>
        below is YamlMap belowMap && above is YamlMap aboveMap ? Over(belowMap, aboveMap) : above;

    public static YamlMap Over(YamlMap below, YamlMap above)
    {
        Dictionary<string, YamlEntry> changes = new(StringComparer.Ordinal);
        foreach (var entry in above.Entries)
            changes.Add(entry.Key.Text, entry);
        List<YamlEntry> merged = [];
        foreach (var entry in below.Entries)
        {
            if (!changes.Remove(entry.Key.Text, out var change))
                merged.Add(entry);
            else if (change.Value is not YamlScalar { IsNull: true })
                merged.Add(new(change.Key, Over(entry.Value, change.Value)));
        }
        merged.AddRange(above.Entries.Where(entry => changes.ContainsKey(entry.Key.Text)));
        return above with { Entries = merged };
    }
}
