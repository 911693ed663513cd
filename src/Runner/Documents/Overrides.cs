namespace Pipelines.Runner.Documents;

/// <summary>What the command line changes in a pipeline.</summary>
/// <param name="Variables">Of <c>-p</c>: <c>name=value</c>.</param>
/// <param name="Values">Of <c>--set</c>: <c>stages.model.with.epochs=3</c>.</param>
public sealed record Overrides(IReadOnlyList<string> Variables, IReadOnlyList<string> Values)
{
    private const int MaxKeys = 50;

    public static Overrides None { get; } = new([], []);

    /// <summary>Of <c>--plugin</c>: they add kinds, and change no value.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary><c>--no-plugins</c>: not even those that the file names are loaded.</summary>
    public bool LeavesPluginsOut { get; init; }

    /// <summary>Whether the pipeline is what its file says.</summary>
    public bool IsEmpty => Variables.Count + Values.Count == 0;

    /// <summary>What changes values, as words of a command line.</summary>
    public IEnumerable<string> Changes => Variables.Select(value => $"-p {ShellWord.Of(value)}")
        .Concat(Values.Select(value => $"--set {ShellWord.Of(value)}"));

    /// <summary>As words of a command line.</summary>
    public IEnumerable<string> Words => Changes.Concat(Plugins.Select(path => $"--plugin {ShellWord.Of(path)}"));

    internal YamlMap Over(YamlMap root, ICollection<Diagnostic> diagnostics)
    {
        foreach (var argument in Values)
            if (Assignment.Parse("--set", argument, "path.to.value=value", diagnostics) is { } assignment)
                root = Set(root, assignment, diagnostics);
        foreach (var argument in Variables)
            if (Assignment.Parse("-p", argument, "name=value", diagnostics) is { } assignment)
                root = SetVariable(root, assignment, diagnostics);
        return root;
    }

    private static YamlMap SetVariable(YamlMap root, Assignment assignment, ICollection<Diagnostic> diagnostics)
    {
        var vars = root.Find("vars")?.Value as YamlMap;
        if (vars?.Find(assignment.Name.Text) is not null)
            return Replaced(root, assignment.Key("vars"), Replaced(vars, assignment.Name, assignment.Value));
        diagnostics.Add(Diagnostics.UnknownOverriddenVariable(
            assignment.Name.At, assignment.Name.Text, [.. (vars?.Entries ?? []).Select(entry => entry.Key.Text)]));
        return root;
    }

    private static YamlMap Set(YamlMap root, Assignment assignment, ICollection<Diagnostic> diagnostics)
    {
        var keys = assignment.Keys();
        if (keys.Count > MaxKeys || keys.Any(key => key.Text.Length == 0))
            diagnostics.Add(Diagnostics.BadOverride(assignment.Name.At, "path.to.value=value"));
        else if (!DocumentReader.RootKeys.Contains(keys[0].Text))
            diagnostics.Add(Diagnostics.UnknownPath(keys[0].At, keys[0].Text, "A pipeline", DocumentReader.RootKeys, "keys"));
        else if (keys is [{ Text: "stages" }, var id, ..] && root.Find("stages")?.Value is YamlMap stages && stages.Find(id.Text) is null)
            diagnostics.Add(
                Diagnostics.UnknownPath(id.At, id.Text, "The pipeline", [.. stages.Entries.Select(entry => entry.Key.Text)], "stages"));
        else
            return (YamlMap)Set(root, keys, 0, assignment.Value, diagnostics);
        return root;
    }

    private static YamlNode Set(YamlNode node, List<YamlScalar> keys, int depth, YamlNode value, ICollection<Diagnostic> diagnostics)
    {
        if (depth == keys.Count)
            return value;
        var key = keys[depth];
        switch (node)
        {
            case YamlMap map:
                var next = map.Find(key.Text)?.Value ?? new YamlMap([], key.At);
                return Replaced(map, key, Set(next, keys, depth + 1, value, diagnostics));
            case YamlList list when CoreSchema.TryWholeNumber(key.Text, out var index) && index >= 0 && index < list.Items.Count:
                YamlNode[] items = [.. list.Items];
                items[index] = Set(items[index], keys, depth + 1, value, diagnostics);
                return list with { Items = items };
            case YamlList list:
                diagnostics.Add(Diagnostics.NoSuchItem(key.At, key.Text, list));
                return node;
            case YamlScalar { IsNull: true }:
                return Set(new YamlMap([], key.At), keys, depth, value, diagnostics);
            default:
                diagnostics.Add(Diagnostics.PathThroughValue(key.At, key.Text, node));
                return node;
        }
    }

    private static YamlMap Replaced(YamlMap map, YamlScalar key, YamlNode value)
    {
        var isThere = map.Find(key.Text) is not null;
        return map with
        {
            Entries = isThere
                ? [.. map.Entries.Select(entry => entry.Key.Text == key.Text ? entry with { Value = value } : entry)]
                : [.. map.Entries, new(key, value)],
        };
    }
}
