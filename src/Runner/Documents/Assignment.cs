namespace Pipelines.Runner.Documents;

/// <summary>
/// An argument <c>name=value</c> of the command line. The value is YAML when it starts with a bracket or quote, else one plain scalar.
/// </summary>
internal sealed record Assignment(YamlScalar Name, YamlNode Value)
{
    public static Assignment? Parse(string option, string argument, string form, ICollection<Diagnostic> diagnostics)
    {
        SourceFile source = new(option, argument);
        var equals = argument.IndexOf('=');
        if (equals < 1 || argument.AsSpan().ContainsAny('\n', '\r'))
        {
            diagnostics.Add(Diagnostics.BadOverride(new(source, 1, 1, Math.Max(1, argument.Length)), form));
            return null;
        }
        YamlScalar name = new(argument[..equals], IsPlain: true, new(source, 1, 1, equals));
        var text = argument[(equals + 1)..].Trim();
        if (text.Length == 0 || !(text[0] is '[' or '{' or '"' or '\''))
            return new(name, new YamlScalar(text, IsPlain: text.Length > 0, new(source, 1, equals + 2, Math.Max(1, text.Length))));

        // The value is read behind as many blanks as the name takes, so that its columns are those of the argument.
        List<Diagnostic> found = [];
        var value = YamlReader.Read(new(option, new string(' ', equals + 1) + argument[(equals + 1)..]), found);
        foreach (var diagnostic in found)
            diagnostics.Add(diagnostic with
            {
                At = diagnostic.At.Line == 1 ? diagnostic.At with { File = source } : new(source, 1, argument.Length, 1),
            });
        return value is null ? null : new(name, In(value, source));
    }

    /// <summary>A key that stands for this argument.</summary>
    public YamlScalar Key(string text) => Name with { Text = text };

    /// <summary>The name cut at its dots, each part with its place.</summary>
    public List<YamlScalar> Keys()
    {
        List<YamlScalar> keys = [];
        var column = 1;
        foreach (var part in Name.Text.Split('.'))
        {
            keys.Add(new(part, IsPlain: true, Name.At with { Column = column, Length = Math.Max(1, part.Length) }));
            column += part.Length + 1;
        }
        return keys;
    }

    private static YamlNode In(YamlNode node, SourceFile file)
    {
        var at = node.At with { File = file };
        return node switch
        {
            YamlList list => list with { At = at, Items = [.. list.Items.Select(item => In(item, file))] },
            YamlMap map => map with
            {
                At = at,
                Entries = [.. map.Entries.Select(entry => new YamlEntry((YamlScalar)In(entry.Key, file), In(entry.Value, file)))],
            },
            _ => node with { At = at },
        };
    }
}
