using System.Text.RegularExpressions;
using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Reporting.Wording;

/// <summary>
/// Compares a language file with that of another language: both have the same keys, and their texts the same places for values.
/// </summary>
internal static partial class LanguageCheck
{
    private static readonly string[] Sections = ["words", "warnings", "phrases", "glossary"];

    public static IReadOnlyList<Diagnostic> Of(SourceFile own, SourceFile other)
    {
        List<Diagnostic> found = [];
        if (YamlReader.Read(own, found) is not { } read)
            return found;
        if (read is not YamlMap root)
            return [Finding("a map of sections was expected", read.At, $"its sections are {Quoted.List(Sections)}")];
        if (YamlReader.Read(other, []) is YamlMap like)
            foreach (var section in Sections)
                Compare(root, section, like.Find(section)?.Value as YamlMap, other.Path, found);
        return found;
    }

    private static void Compare(YamlMap root, string section, YamlMap? like, string otherPath, List<Diagnostic> found)
    {
        if (root.Find(section)?.Value is not YamlMap map)
        {
            found.Add(Finding($"there is no map '{section}'", root.At with { Length = 1 }, null));
            return;
        }
        foreach (var (key, value) in map.Entries)
            if (value is not YamlScalar text)
                found.Add(Finding($"a text was expected, not {value.Described}", value.At, null));
            else if (like?.Find(key.Text) is not { } same)
                found.Add(Finding(
                    $"{otherPath} has no {Quoted.Short(key.Text)} in '{section}'", key.At,
                    Nearest.Help(key.Text, [.. Missing(map, like)], "missing here")));
            else if (same.Value is YamlScalar model && Wrong(text, model) is { } wrong)
                found.Add(wrong);
        // A key that is spelt wrongly has been named.
        var spare = map.Entries.Where(entry => like?.Find(entry.Key.Text) is null).Select(entry => entry.Key.Text).ToList();
        foreach (var key in Missing(map, like).Where(key => Nearest.To(key, spare) is null))
            found.Add(Finding(
                $"'{section}' lacks {Quoted.Short(key)}, which {otherPath} has", root.Find(section)!.Key.At,
                $"add a line '  {key}: …' there"));
    }

    private static IEnumerable<string> Missing(YamlMap map, YamlMap? like) =>
        (like?.Entries ?? []).Select(entry => entry.Key.Text).Where(key => map.Find(key) is null);

    private static Diagnostic? Wrong(YamlScalar text, YamlScalar model)
    {
        var (own, others) = (Places(text.Text), Places(model.Text));
        var list = others.Count == 0 ? "this text takes no values"
            : $"this text takes {string.Join(", ", others.Select(place => $"{{{place}}}"))}";
        return own.Except(others).FirstOrDefault() is { } unknown
            ? Finding(
                $"nothing is put in the place of '{{{unknown}}}'",
                text.PlaceOf(text.Text.IndexOf($"{{{unknown}}}", StringComparison.Ordinal), unknown.Length + 2), list)
            : others.Except(own).FirstOrDefault() is { } missing
                ? Finding($"the text has no place for '{{{missing}}}'", text.At, list)
                : null;
    }

    private static List<string> Places(string text) =>
        [.. Place().Matches(text).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    private static Diagnostic Finding(string message, SourceSpan at, string? help) =>
        new("language-file", Severity.Error, message, at, help);

    [GeneratedRegex(@"\{([a-z_][a-z0-9_]*)\}")]
    private static partial Regex Place();
}
