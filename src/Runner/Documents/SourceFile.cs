namespace Pipelines.Runner.Documents;

/// <summary>The text of a pipeline file (or of the command line), so that places in it can be shown.</summary>
/// <param name="Path">As the user would write it.</param>
public sealed record SourceFile(string Path, string Text)
{
    private int[]? _lineStarts;

    /// <summary>Why there is no text although there is a file, e.g. that it lies outside the project.</summary>
    public string? Refused { get; init; }

    /// <summary>The text of a line counted from 1, without its line end; empty past the last one.</summary>
    public ReadOnlySpan<char> Line(int number)
    {
        _lineStarts ??= FindLineStarts(Text);
        if (number < 1 || number > _lineStarts.Length)
            return [];
        var end = number < _lineStarts.Length ? _lineStarts[number] : Text.Length;
        return Text.AsSpan(_lineStarts[number - 1]..end).TrimEnd("\r\n\u0085\u2028\u2029");
    }

    /// <summary>What stands in a decoded text for bytes that are not UTF-8.</summary>
    public const char Undecodable = '\uFFFD';

    /// <summary>The place of characters of the text, which do not cross a line end.</summary>
    public SourceSpan PlaceOf(int index, int length = 1)
    {
        _lineStarts ??= FindLineStarts(Text);
        // Between two starts, the bitwise complement of the later one's index is given.
        var found = Array.BinarySearch(_lineStarts, index);
        var line = found >= 0 ? found : ~found - 1;
        return new(this, line + 1, index - _lineStarts[line] + 1, length);
    }

    /// <summary>An argument of the command line, e.g. <c>-p epochs=3</c>, whose path is the option.</summary>
    public bool IsArgument => Path.StartsWith('-');

    /// <summary>The place of the whole first line, for what concerns the file.</summary>
    public SourceSpan Start => new(this, 1, 1, 1);

    // Places are kept in sets by the thousand: the path tells files apart well enough, and the text may be five million characters.
    public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);

    public bool Equals(SourceFile? other) =>
        ReferenceEquals(this, other) || (other is not null && Path == other.Path && Text == other.Text);

    // The line ends of YAML 1.1, which the parser counts.
    private static int[] FindLineStarts(string text)
    {
        List<int> starts = [0];
        for (var i = 0; i < text.Length; i++)
            if (text[i] is '\n' or '\u0085' or '\u2028' or '\u2029' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n')))
                starts.Add(i + 1);
        return [.. starts];
    }
}

/// <summary>A place in a source; line and column count from 1, length in characters on that line.</summary>
public sealed record SourceSpan(SourceFile File, int Line, int Column, int Length)
{
    public override string ToString() => File.IsArgument ? $"{File.Path} {File.Text}" : $"{File.Path}:{Line}:{Column}";
}
