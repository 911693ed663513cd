using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Pipelines.Runner.Documents;

/// <summary>
/// YAML text → nodes. Refuses what a pipeline has no use for: anchors, tags, several documents, duplicate keys, endless nesting.
/// </summary>
public sealed class YamlReader
{
    private const int MaxNesting = 100;
    private const int SmallMap = 12;

    // Room for pipelines of tens of thousands of stages, in less than 256 MiB of memory.
    private const int MaxNodes = 250_000;

    private const int MaxCharacters = 5 * 1024 * 1024;

    private readonly SourceFile _file;
    private readonly ICollection<Diagnostic> _diagnostics;
    private readonly IReadOnlyList<RelatedPlace> _through;
    private readonly Parser _parser;

    // False after an error that makes the rest of the text meaningless.
    private bool _goesOn = true;

    private int _nodes;

    private YamlReader(SourceFile file, ICollection<Diagnostic> diagnostics, IReadOnlyList<RelatedPlace> through)
    {
        (_file, _diagnostics, _through) = (file, diagnostics, through);
        _parser = new Parser(new StringReader(file.Text));
    }

    /// <summary>The one document of a file; null, with the reason among the diagnostics, when it cannot be read.</summary>
    /// <param name="through">Put into every node, e.g. the place of the <c>extends</c> that led here.</param>
    public static YamlNode? Read(SourceFile file, ICollection<Diagnostic> diagnostics, IReadOnlyList<RelatedPlace>? through = null)
    {
        if (file.Text.StartsWith('\uFEFF'))
            file = file with { Text = file.Text[1..] };
        if (file.Text.Length > MaxCharacters)
            diagnostics.Add(Diagnostics.FileTooLarge(file, MaxCharacters));
        else if (IndexOfForbidden(file.Text) is var index and >= 0)
            diagnostics.Add(file.Text[index] == SourceFile.Undecodable
                ? Diagnostics.NotUtf8(file.PlaceOf(index))
                : Diagnostics.ControlCharacter(file.PlaceOf(index), file.Text[index]));
        else
            return new YamlReader(file, diagnostics, through ?? []).Document();
        return null;
    }

    // The parser takes NUL for the end of the text, and no other control character can be meant.
    private static int IndexOfForbidden(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (text[i] is < ' ' and not '\t' and not '\n' and not '\r' or '\u007F' or SourceFile.Undecodable)
                return i;
        return -1;
    }

    private YamlNode? Document()
    {
        try
        {
            _parser.MoveNext();
            _parser.MoveNext();
            if (_parser.Current is StreamEnd)
            {
                _diagnostics.Add(Diagnostics.EmptyFile(_file));
                return null;
            }
            _parser.MoveNext();
            var root = Node(depth: 0);
            if (_goesOn)
                _parser.MoveNext();
            if (_goesOn && _parser.MoveNext() && _parser.Current is DocumentStart second)
                _diagnostics.Add(Diagnostics.SecondDocument(Span(second)));
            return _goesOn ? root : null;
        }
        catch (YamlException exception)
        {
            _diagnostics.Add(SyntaxError.Of(_file, (int)exception.Start.Line, (int)exception.Start.Column, exception.Message));
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The parser gives up this way on e.g. an unclosed bracket before a key.
            var line = _parser.Current is { } last ? (int)last.End.Line : 1;
            var column = _parser.Current is { } lastEvent ? (int)lastEvent.End.Column : 1;
            _diagnostics.Add(SyntaxError.Of(_file, line, column, "not closed"));
            return null;
        }
    }

    /// <summary>Reads the node that begins with the current event, up to its last event.</summary>
    private YamlNode Node(int depth)
    {
        var start = _parser.Current!;
        if (start is AnchorAlias alias)
            Stop(Diagnostics.Anchor(Span(start), "*" + alias.Value));
        else if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
            Stop(Diagnostics.Anchor(Span(start), "&" + anchored.Anchor.Value));
        else if (start is NodeEvent { Tag.IsEmpty: false } tagged)
            Stop(Diagnostics.Tag(Span(start), tagged.Tag.ToString()));
        else if (++_nodes > MaxNodes)
            Stop(Diagnostics.TooManyNodes(Span(start), MaxNodes));
        else if (depth > MaxNesting)
            Stop(Diagnostics.NestedTooDeeply(Span(start), MaxNesting));
        else if (start is SequenceStart)
            return Sequence(Span(start), depth);
        else if (start is MappingStart)
            return Mapping(Span(start), depth);
        return start is Scalar scalar ? Scalar(scalar) : new YamlScalar("", IsPlain: true, Span(start));
    }

    private YamlScalar Scalar(Scalar scalar)
    {
        var isPlain = scalar.Style == ScalarStyle.Plain;
        if (isPlain && scalar.Value is ['“' or '„' or '‘' or '”' or '’', .., '”' or '“' or '’' or '‘'])
            _diagnostics.Add(Diagnostics.TypographicQuotes(Span(scalar)));
        return new(scalar.Value, isPlain, Span(scalar)) { Through = _through };
    }

    private YamlList Sequence(SourceSpan at, int depth)
    {
        List<YamlNode> items = [];
        while (_goesOn && _parser.MoveNext() && _parser.Current is not SequenceEnd)
            items.Add(Node(depth + 1));
        return new(items, at) { Through = _through };
    }

    private YamlMap Mapping(SourceSpan at, int depth)
    {
        List<YamlEntry> entries = [];
        Dictionary<string, YamlScalar>? keys = null;
        while (_goesOn && _parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var key = Node(depth + 1);
            if (!_goesOn || !_parser.MoveNext())
                break;
            var value = Node(depth + 1);
            if (key is not YamlScalar name)
                _diagnostics.Add(Diagnostics.KeyIsNoText(key));
            else if (entries is [.., var before] && IsDecimal(before.Value, name, value))
                entries[^1] = before with { Value = Joined((YamlScalar)before.Value, name) };
            else if (Known(name.Text, entries, ref keys) is { } first)
                _diagnostics.Add(Diagnostics.DuplicateKey(name, first));
            else
            {
                entries.Add(new(name, value));
                keys?.Add(name.Text, name);
            }
        }
        // The parser gives no place to a map without braces inside a list: [ a: 1 ].
        if (at is { Line: 1, Column: 1 } && depth > 0 && entries.Count > 0)
            at = entries[0].Key.At;
        return new(entries, at) { Through = _through };
    }

    /// <param name="keys">Made for a large map only: a file has few of those and many small ones.</param>
    private static YamlScalar? Known(string key, List<YamlEntry> entries, ref Dictionary<string, YamlScalar>? keys)
    {
        if (entries.Count > SmallMap)
            return (keys ??= entries.ToDictionary(entry => entry.Key.Text, entry => entry.Key, StringComparer.Ordinal))
                .GetValueOrDefault(key);
        foreach (var entry in entries)
            if (entry.Key.Text == key)
                return entry.Key;
        return null;
    }

    // { rate: 0,1 }: to YAML that is 'rate: 0' and a key '1' without a value.
    private static bool IsDecimal(YamlNode before, YamlScalar key, YamlNode value) =>
        before is YamlScalar { IsPlain: true } whole && key.IsPlain && value is YamlScalar { IsPlain: true, Text: "" }
        && CoreSchema.IsWholeNumber(whole.Text)
        && key.Text.Length > 0 && key.Text.All(char.IsAsciiDigit) && key.At.Line == whole.At.Line
        && key.At.Column == whole.At.Column + whole.At.Length + 1;

    private YamlScalar Joined(YamlScalar whole, YamlScalar decimals)
    {
        var at = whole.At with { Length = whole.At.Length + 1 + decimals.At.Length };
        var meant = $"{whole.Text}.{decimals.Text}";
        _diagnostics.Add(Diagnostics.DecimalComma(at, $"{whole.Text},{decimals.Text}", meant));
        return whole with { Text = meant, At = at };
    }

    private void Stop(Diagnostic diagnostic)
    {
        _diagnostics.Add(diagnostic);
        _goesOn = false;
    }

    private SourceSpan Span(ParsingEvent parsed)
    {
        int line = (int)parsed.Start.Line, column = (int)parsed.Start.Column;
        var length = parsed.End.Line == parsed.Start.Line
            ? (int)(parsed.End.Column - parsed.Start.Column)
            : _file.Line(line).TrimEnd().Length - column + 1;
        return new(_file, line, column, Math.Max(1, length));
    }
}
