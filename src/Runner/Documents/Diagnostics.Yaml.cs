namespace Pipelines.Runner.Documents;

public static partial class Diagnostics
{
    public static Diagnostic Syntax(SourceSpan at, string message, string? help) => Error("yaml-syntax", $"This is not YAML: {message}.", at, help);

    public static Diagnostic TabIndentation(SourceSpan at) =>
        Error("yaml-tab", "A tab is used to indent.", at, "YAML is indented with spaces only");

    public static Diagnostic EmptyFile(SourceFile file) =>
        Error("empty-file", "The file has no content.", file.Start, "start with 'pipeline: <name>' and 'stages:'");

    public static Diagnostic FileTooLarge(SourceFile file, int most) =>
        Error("file-too-large", $"The file has {file.Text.Length} characters; at most {most} are read.", file.Start, "is this a pipeline file?");

    public static Diagnostic ControlCharacter(SourceSpan at, char character) =>
        Error("control-character", $"The control character U+{(int)character:X4} cannot stand in a pipeline file.", at, "remove it, or write it as an escape in \"…\"");

    public static Diagnostic SecondDocument(SourceSpan at) =>
        Error("several-documents", "A second YAML document starts here; a file holds one.", at, "remove the '---', or move this part to a file of its own");

    public static Diagnostic Anchor(SourceSpan at, string written) =>
        Error("yaml-anchor", $"Anchors and aliases ({Quoted.Short(written)}) are not supported.", at,
            "use 'vars' and \"${name}\" for a repeated value; put a text that starts with & or * in quotes");

    public static Diagnostic Tag(SourceSpan at, string tag) =>
        Error("yaml-tag", $"Tags ({Quoted.Short(tag)}) are not supported.", at, "remove it; put a text that starts with ! in quotes");

    public static Diagnostic NestedTooDeeply(SourceSpan at, int most) =>
        Error("nested-too-deeply", $"This is nested more than {most} levels deep.", at);

    public static Diagnostic KeyIsNoText(YamlNode key) => Error("key-not-text", $"A key is a text, but this is {key.Described}.", key,
        "a value like ${name} needs quotes: \"${name}\"");

    public static Diagnostic DuplicateKey(YamlScalar key, YamlScalar first) =>
        Error("duplicate-key", $"The key {Quoted.Short(key.Text)} is given twice.", key.At, "keep one of them",
            [new("it is given here first", first.At)]);
}
