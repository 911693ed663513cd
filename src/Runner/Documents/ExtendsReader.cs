namespace Pipelines.Runner.Documents;

/// <summary>
/// Reads a file and the files it <c>extends</c> into one map: maps merge key by key, any other value replaces the one below, and
/// <c>null</c> removes it.
/// </summary>
/// <param name="read">The file of this path, or null.</param>
internal sealed class ExtendsReader(Func<string, SourceFile?> read, ICollection<Diagnostic> diagnostics)
{
    private const string Key = "extends";
    private const int MaxFiles = 20;

    /// <summary>Another experiment asks another question, and other numbers stand in its document.</summary>
    private static readonly string[] NotInherited = ["question", "hypothesis", "reference"];

    private readonly List<string> _chain = [];

    /// <summary>The name of the pipeline that the file itself extends; null: it extends none.</summary>
    public string? Extended { get; private set; }

    /// <summary>Null when the file, or one it extends, cannot be read; the reasons are among the diagnostics.</summary>
    public YamlMap? Read(SourceFile file, IReadOnlyList<RelatedPlace>? through = null)
    {
        var node = YamlReader.Read(file, diagnostics, through);
        if (node is null)
            return null;
        if (node is not YamlMap map)
        {
            diagnostics.Add(Diagnostics.NoMap(node, "A pipeline file"));
            return null;
        }
        if (map.Find(Key) is not { } extends)
            return map;
        var own = map with { Entries = [.. map.Entries.Where(entry => entry != extends)] };
        _chain.Add(file.Path);
        var below = Below(file, extends.Value);
        _chain.RemoveAt(_chain.Count - 1);
        if (_chain.Count == 0)
            Extended = (below?.Find("pipeline")?.Value as YamlScalar)?.Text;
        return below is null ? null : Over(WithoutOwn(below), own);
    }

    private static YamlMap WithoutOwn(YamlMap below) =>
        below with { Entries = [.. below.Entries.Where(entry => !NotInherited.Contains(entry.Key.Text))] };

    private YamlMap? Below(SourceFile file, YamlNode extends)
    {
        if (extends is not YamlScalar { IsNull: false } path)
        {
            diagnostics.Add(Diagnostics.NoText(extends, "'extends'"));
            return null;
        }
        // The path is relative to the file that extends, or to the project root as any other path.
        string[] candidates = [.. new[] { Beside(file.Path, path.Text), Normalized(path.Text) }.Distinct()];
        foreach (var candidate in candidates)
        {
            if (_chain.IndexOf(candidate) is var start and >= 0)
            {
                diagnostics.Add(Diagnostics.ExtendsCycle(path, [.. _chain[start..], candidate]));
                return null;
            }
            if (_chain.Count >= MaxFiles)
            {
                diagnostics.Add(Diagnostics.ExtendsTooDeep(path, MaxFiles));
                return null;
            }
            if (read(candidate) is not { } below)
                continue;
            if (below.Refused is null)
                return Read(below with { Path = candidate }, [new("extended here", path.At), .. path.Through]);
            diagnostics.Add(Diagnostics.ExtendsRefused(path, below.Refused));
            return null;
        }
        diagnostics.Add(Diagnostics.ExtendsMissing(path, candidates));
        return null;
    }

    private static string Beside(string file, string path)
    {
        var folder = file.Replace('\\', '/').LastIndexOf('/');
        return path.StartsWith('/') || folder < 0 ? Normalized(path) : Normalized($"{file[..folder]}/{path}");
    }

    private static string Normalized(string path)
    {
        List<string> parts = [];
        foreach (var part in path.Replace('\\', '/').Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] is not ".." and not "")
                parts.RemoveAt(parts.Count - 1);
            else if (part != "." && (part.Length > 0 || parts.Count == 0))
                parts.Add(part);
        }
        return string.Join('/', parts);
    }

    private static YamlNode Over(YamlNode below, YamlNode above) =>
        below is YamlMap belowMap && above is YamlMap aboveMap ? Over(belowMap, aboveMap) : above;

    private static YamlMap Over(YamlMap below, YamlMap above)
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
