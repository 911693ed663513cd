namespace Pipelines.Runner.Documents;

public static partial class Diagnostics
{
    public static Diagnostic Syntax(SourceSpan at, string message, string? help) =>
        Error("yaml-syntax", $"This is not YAML: {message}.", at, help);

    public static Diagnostic TabIndentation(SourceSpan at) =>
        Error("yaml-tab", "A tab is used to indent.", at, "YAML is indented with spaces only");

    public static Diagnostic StrangeSpace(SourceSpan at, char space) =>
        Error("yaml-space", $"The line is indented by a character that only looks like a space (U+{(int)space:X4}).", at,
            "delete it and press the space bar");

    internal static Diagnostic IndentedElsewhere(SourceSpan at, int indentation, IReadOnlyList<IndentedLine> levels) =>
        Error("yaml-indentation",
            $"This line is indented by {(indentation == 1 ? "1 space" : $"{indentation} spaces")}, "
            + "unlike any line that it could belong to.", at,
            $"indent it by {Quoted.List(levels.Select(level => level.ToString()), "or by")}");

    public static Diagnostic NoSpaceAfter(SourceSpan at, string sign, string help) =>
        Error("yaml-space", $"A space is missing after '{sign}'.", at, help);

    public static Diagnostic NoColon(SourceSpan at, string key, string help) =>
        Error("yaml-colon", $"There is no ':' after {Quoted.Short(key)}.", at, help);

    public static Diagnostic TypographicQuotes(SourceSpan at) =>
        new("typographic-quotes", Severity.Warning, "These quotes are part of the text: YAML knows only straight ones.", at,
            "write \"…\" or '…' if they should not be");

    public static Diagnostic DecimalComma(SourceSpan at, string written, string meant) =>
        Error("decimal-comma", $"Between braces, {Quoted.Short(written)} is two entries, since a comma ends the first.", at,
            $"decimals have a point: write {meant}");

    public static Diagnostic NotUtf8(SourceSpan at) =>
        Error("not-utf-8", "The file is not in UTF-8: this character cannot be read.", at,
            "save the file as UTF-8; your editor's \"save as\" or status bar has the encoding");

    public static Diagnostic EmptyFile(SourceFile file) =>
        Error("empty-file", "The file has no content.", file.Start, "start with 'pipeline: <name>' and 'stages:'");

    public static Diagnostic FileTooLarge(SourceFile file, int max) =>
        Error("file-too-large", $"The file has {file.Text.Length} characters; at most {max} are read.", file.Start,
            "is this a pipeline file?");

    public static Diagnostic ControlCharacter(SourceSpan at, char character) =>
        Error("control-character", $"The control character U+{(int)character:X4} cannot stand in a pipeline file.", at,
            "remove it, or write it as an escape in \"…\"");

    public static Diagnostic SecondDocument(SourceSpan at) =>
        Error("several-documents", "A second YAML document starts here; a file holds one.", at,
            "remove the '---', or move this part to a file of its own");

    public static Diagnostic Anchor(SourceSpan at, string written) =>
        Error("yaml-anchor", $"Anchors and aliases ({Quoted.Short(written)}) are not supported.", at,
            "use 'vars' and \"${name}\" for a repeated value; put a text that starts with & or * in quotes");

    public static Diagnostic Tag(SourceSpan at, string tag) =>
        Error("yaml-tag", $"Tags ({Quoted.Short(tag)}) are not supported.", at, "remove it; put a text that starts with ! in quotes");

    public static Diagnostic NestedTooDeeply(SourceSpan at, int max) =>
        Error("nested-too-deeply", $"This is nested more than {max} levels deep.", at);

    public static Diagnostic TooManyNodes(SourceSpan at, int max) =>
        Error("too-many-nodes", FormattableString.Invariant($"The file holds more than {max:N0} keys and values."), at,
            "keep what is data in a data file");

    public static Diagnostic KeyIsNoText(YamlNode key) => Error("key-not-text", $"A key is a text, but this is {key.Described}.", key,
        "a value like ${name} needs quotes: \"${name}\"");

    public static Diagnostic DuplicateKey(YamlScalar key, YamlScalar first) =>
        Error("duplicate-key", $"The key {Quoted.Short(key.Text)} is given twice.", key.At, "keep one of them",
            [new("it is given here first", first.At)]);
}
