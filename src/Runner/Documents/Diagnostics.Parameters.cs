using System.Globalization;

namespace Pipelines.Runner.Documents;

public static partial class Diagnostics
{
    public static Diagnostic NoNumber(YamlNode found, string what) =>
        Error("not-a-number", $"{what} is a number, but this is {found.Described}.", found,
            found is YamlScalar { Text: var text } && text.EndsWith('%') && CoreSchema.TryNumber(text[..^1].Trim(), out var percent)
                ? WriteShare(percent) : null);

    public static Diagnostic WrongType(YamlNode found, string path, string expected, string? help) =>
        Error("wrong-type", $"'{path}' is {expected}, but this is {found.Described}.", found, help);

    public static Diagnostic DoesNotFit(YamlScalar found, string path, double min, double max) => Error(
        "does-not-fit",
        string.Create(CultureInfo.InvariantCulture, $"'{path}' is from {min:R} to {max:R}, but this is {found.Described}."), found);

    public static Diagnostic OutOfRange(YamlScalar found, string path, string range) =>
        Error("out-of-range", $"'{path}' is {range}, but this is {found.Described}.", found);

    public static Diagnostic NotAChoice(YamlScalar found, string path, IReadOnlyCollection<string> choices) =>
        Error("not-a-choice", $"'{path}' cannot be {found.Described}.", found, Nearest.Help(found.Text, choices, "choices"));

    /// <param name="elsewhere">Where there is a parameter of this name; null: nowhere.</param>
    public static Diagnostic UnknownParameter(YamlScalar key, string called, IReadOnlyCollection<string> names, string? elsewhere = null) =>
        Error("unknown-parameter", $"{called} has no parameter {Quoted.Short(key.Text)}.", key,
            elsewhere ?? (names.Count == 0 ? "it takes none" : null)
                ?? Nearest.Help(key.Text, names, "parameters") ?? $"parameters: {string.Join(", ", names)}");

    public static Diagnostic MissingParameter(YamlNode at, string called, string name, string? words) =>
        Error("missing-parameter", $"{called} needs the parameter '{name}'.", at, words is null ? null : $"{name}: {words}");

    public static Diagnostic NotOneCase(YamlNode found, string path, IReadOnlyCollection<string> cases) =>
        Error("not-one-case", $"'{path}' is one word or a map of one key, but this is {found.Described}{Keys(found)}.", found,
            $"one of {string.Join(", ", cases)}");

    public static Diagnostic UnknownCase(YamlScalar name, string path, IReadOnlyCollection<string> cases) =>
        Error("unknown-case", $"'{path}' cannot be {Quoted.Short(name.Text)}.", name, Nearest.Help(name.Text, cases, "choices"));

    public static Diagnostic CaseTakesNothing(YamlNode found, string name) =>
        Error("case-takes-nothing", $"'{name}' takes no parameters, but this is {found.Described}.", found, $"write {name} alone");

    public static Diagnostic Refused(YamlNode at, string message, string? help) => Error("refused-value", message, at, help);

    private static string Keys(YamlNode node) => node is YamlMap { Entries.Count: > 1 } map ? $" of {map.Entries.Count} keys" : "";
}
