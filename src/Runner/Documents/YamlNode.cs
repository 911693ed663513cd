namespace Pipelines.Runner.Documents;

/// <summary>A piece of YAML with its place: the only form in which the rest of the runner sees it.</summary>
/// <param name="At">Where it takes effect.</param>
public abstract record YamlNode(SourceSpan At)
{
    /// <summary>The further places it came through: a variable, the <c>extends</c> of another file.</summary>
    public IReadOnlyList<RelatedPlace> Through { get; init; } = [];

    /// <summary>Where its value is written, when a variable brought it from there.</summary>
    public SourceSpan? SetAt { get; init; }

    /// <summary>It holds a variable that could not be replaced, which has been reported.</summary>
    public bool IsUnresolved { get; init; }

    /// <summary>The first text below that waits for the values of a cell; null: none does.</summary>
    public abstract YamlScalar? FirstThatWaits();

    /// <summary>What it is, for a message: <c>a map</c>, <c>the text 'ten'</c>.</summary>
    public abstract string Described { get; }
}

/// <param name="IsPlain">Written without quotes, so that it may be a number, a truth value or null.</param>
public sealed record YamlScalar(string Text, bool IsPlain, SourceSpan At) : YamlNode(At)
{
    public bool IsNull => IsPlain && CoreSchema.IsNull(Text);

    /// <summary>It has a variable of the matrix, which each cell replaces by its own value.</summary>
    public bool WaitsForCell { get; init; }

    /// <summary>Where variables came in; null: the text is as it was written.</summary>
    public SourceMap? Replaced { get; init; }

    /// <summary>
    /// The place of a part of the text, or of the whole value where the part cannot be located (an escape, a text of several lines, a
    /// variable).
    /// </summary>
    public SourceSpan PlaceOf(int start, int length)
    {
        var written = Replaced?.Written ?? Text;
        var before = At.Column - 1 + (IsPlain ? 0 : 1);
        var line = At.File.Line(At.Line);
        if (before + written.Length > line.Length || !line[before..].StartsWith(written, StringComparison.Ordinal))
            return At;
        var (from, to) = Replaced?.WrittenOf(start, length) ?? (start, start + length);
        return At with { Column = before + from + 1, Length = Math.Max(1, to - from) };
    }

    public override YamlScalar? FirstThatWaits() => WaitsForCell ? this : null;

    public override string Described => IsPlain ? CoreSchema.Describe(Text) : $"the text {Quoted.Short(Text)}";
}

public sealed record YamlList(IReadOnlyList<YamlNode> Items, SourceSpan At) : YamlNode(At)
{
    public override YamlScalar? FirstThatWaits()
    {
        foreach (var item in Items)
            if (item.FirstThatWaits() is { } found)
                return found;
        return null;
    }

    public override string Described => Items.Count == 0 ? "an empty list" : "a list";
}

/// <summary>Keys are unique, in the order of the file.</summary>
public sealed record YamlMap(IReadOnlyList<YamlEntry> Entries, SourceSpan At) : YamlNode(At)
{
    public override YamlScalar? FirstThatWaits()
    {
        foreach (var entry in Entries)
            if (entry.Value.FirstThatWaits() is { } found)
                return found;
        return null;
    }

    public override string Described => Entries.Count == 0 ? "an empty map" : "a map";

    public YamlEntry? Find(string key)
    {
        foreach (var entry in Entries)
            if (entry.Key.Text == key)
                return entry;
        return null;
    }
}

public sealed record YamlEntry(YamlScalar Key, YamlNode Value);
