namespace Pipelines.Runner.Documents;

/// <summary>Reads <c>from</c>: a source, a list of sources, or a map of port to either.</summary>
internal static class FromReader
{
    public static IReadOnlyList<FromEntry> Read(YamlNode? from, ICollection<Diagnostic> diagnostics) => from switch
    {
        null or YamlScalar { IsNull: true } => [],
        YamlMap map => [.. map.Entries.Select(entry => Entry(entry.Key, entry.Value, diagnostics))],
        _ => [Entry(null, from, diagnostics)],
    };

    private static FromEntry Entry(YamlScalar? port, YamlNode sources, ICollection<Diagnostic> diagnostics)
    {
        IReadOnlyList<YamlNode> written = sources is YamlList list ? list.Items : [sources];
        return new(port, [.. written.Select(source => Source(source, diagnostics)).OfType<SourceReference>()], sources is YamlList,
            written.Count == 0, sources.At);
    }

    /// <summary>One source; a text with <c>${matrix…}</c> names no stage until a cell gives it a value.</summary>
    public static SourceReference? Source(YamlNode node, ICollection<Diagnostic> diagnostics)
    {
        if (node is YamlScalar { WaitsForCell: true } waiting)
            return new("", null, waiting);
        if (node is YamlScalar { IsNull: false } scalar && scalar.Text.Split('.') is { Length: 1 or 2 } parts
            && parts.All(part => part.Length > 0))
            return new(parts[0], parts.ElementAtOrDefault(1), scalar);
        diagnostics.Add(Diagnostics.BadSource(node));
        return null;
    }
}
