using System.Text.RegularExpressions;

namespace Pipelines.Runner.Reporting.Wording;

/// <summary>The words of a report in one language: what a key of a card is called, and what the report says of itself.</summary>
/// <param name="Words">Names of facts, columns, figures, series, metrics.</param>
/// <param name="Warnings">Sentences with the values of the warning in braces: <c>{count} textes de {split} …</c>.</param>
/// <param name="Phrases">Texts of the template.</param>
/// <param name="Kinds">What a stage kind is called as a heading.</param>
/// <param name="Glossary">Explanations of words, by the key that makes them necessary.</param>
internal sealed partial record Language(
    string Code, IReadOnlyDictionary<string, string> Words, IReadOnlyDictionary<string, string> Warnings,
    IReadOnlyDictionary<string, string> Phrases, IReadOnlyDictionary<string, string> Kinds, IReadOnlyDictionary<string, string> Glossary)
{
    private static readonly string[] Splits = ["train", "validation", "test"];

    public NumberText Numbers { get; } = new(Code);

    /// <summary>The word for a key; one the file does not know is made readable.</summary>
    public string Word(string key) => Find(key) ?? Humanized(key);

    /// <summary>Also <c>train_loss</c> from <c>loss</c>, and <c>loss_by_epoch</c>.</summary>
    public string? Find(string key)
    {
        if (Words.TryGetValue(key, out var word))
            return word;
        if (key.EndsWith("_by_epoch", StringComparison.Ordinal) && Find(key[..^"_by_epoch".Length]) is { } measure)
            return Fill(Phrases["by_epoch"], new Dictionary<string, string> { ["measure"] = measure });
        foreach (var split in Splits)
            if (key.StartsWith(split, StringComparison.Ordinal) && key.Length > split.Length && key[split.Length] is '_' or '.'
                && Find(key[(split.Length + 1)..]) is { } rest)
                return $"{rest} ({Words[split]})";
        return null;
    }

    public string Phrase(string name, params IEnumerable<(string Name, string Value)> values) =>
        Fill(Phrases[name], values.ToDictionary(value => value.Name, value => value.Value));

    /// <summary>Puts values in the place of their names in braces; a name without value stays, so that a test sees it.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Replace(text, match => values.GetValueOrDefault(match.Groups[1].Value) ?? match.Value);

    /// <summary>First letter as at the start of a line; the name of a cell stays as it is.</summary>
    public static string Capitalized(string text) => text.Length == 0 || IsCell(text) ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Humanized(string key) => IsCell(key) ? key : key.Replace('_', ' ').Replace('.', ' ');

    // dropout=0.1 is data, its dot a part of a number.
    private static bool IsCell(string text) => text.Contains('=', StringComparison.Ordinal);

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex Placeholder();
}
