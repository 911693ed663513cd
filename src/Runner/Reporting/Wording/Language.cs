using System.Text.RegularExpressions;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Reporting.Wording;

/// <summary>The words of a report in one language: those that several kinds share, and what the report says of itself.</summary>
/// <param name="Words">Names of facts, columns, figures, series, measures.</param>
/// <param name="Warnings">Sentences with the values of the warning in braces: <c>{count} textes de {split} …</c>.</param>
/// <param name="Phrases">Texts of the template.</param>
/// <param name="Glossary">Explanations of words, by the key that makes them necessary.</param>
internal sealed partial record Language(
    string Code, IReadOnlyDictionary<string, string> Words, IReadOnlyDictionary<string, string> Warnings,
    IReadOnlyDictionary<string, string> Phrases, IReadOnlyDictionary<string, string> Glossary)
{
    /// <summary>Columns whose cells are keys.</summary>
    public IReadOnlySet<string> Keys { get; private init; } = new HashSet<string>(StringComparer.Ordinal) { "split" };

    /// <summary>Columns that mark some rows: what is not marked has no cross there.</summary>
    public IReadOnlySet<string> Marks { get; private init; } = new HashSet<string>(StringComparer.Ordinal) { "best", "chosen" };

    public NumberText Numbers { get; } = new(Code);

    /// <summary>Words of the pipeline file, which go before those of kinds.</summary>
    private IReadOnlyDictionary<string, string> Own { get; init; } = new Dictionary<string, string>();

    /// <summary>With the texts that a pipeline file changes.</summary>
    public Language Changed(IReadOnlyList<ReportWord> words)
    {
        if (words.Count == 0)
            return this;
        var own = Last(words.Select(word => KeyValuePair.Create(word.Key, Text(word.Text))));
        return this with
        {
            Own = own,
            Words = Last(Words.Concat(own)),
            Phrases = Last(Phrases.Concat(own.Where(word => Phrases.ContainsKey(word.Key)))),
        };
    }

    /// <summary>As a kind speaks: its own words go before these.</summary>
    /// <param name="gathered">Kinds whose measures it may speak of; their words go after these.</param>
    public Language With(ReportManifest? own, IEnumerable<ReportManifest> gathered)
    {
        var words = Measures(gathered).Concat(Words).Concat(own is null ? [] : Measures([own]).Concat(In(own.Words))).Concat(Own);
        return own is null ? this with { Words = Last(words) } : this with
        {
            Words = Last(words),
            Warnings = Last(Warnings.Concat(In(own.Warnings))),
            Glossary = Last(Glossary.Concat(In(own.Glossary))),
            Keys = new HashSet<string>(Keys.Concat(own.Keys), StringComparer.Ordinal),
            Marks = new HashSet<string>(Marks.Concat(own.Marks), StringComparer.Ordinal),
        };
    }

    /// <summary>The word for a key; one that nobody has is made readable.</summary>
    public string Word(string key) => Find(key) ?? Humanized(key);

    /// <summary>Also <c>train_loss</c> from <c>loss</c>, <c>accuracy_low</c> from <c>accuracy</c>, and <c>loss_by_epoch</c>.</summary>
    public string? Find(string key)
    {
        if (Words.TryGetValue(key, out var word))
            return word;
        foreach (var split in Splits.All)
            if (key.StartsWith(split, StringComparison.Ordinal) && key.Length > split.Length && key[split.Length] is '_' or '.'
                && Find(key[(split.Length + 1)..]) is { } rest)
                return $"{rest} ({Words.GetValueOrDefault(split) ?? split})";
        foreach (var (ending, phrase) in Endings)
            if (key.Length > ending.Length && key.EndsWith(ending, StringComparison.Ordinal) && Find(key[..^ending.Length]) is { } measure)
                return Phrase(phrase, ("measure", measure));
        return null;
    }

    /// <summary>A text of a manifest as it is printed; empty where there is none.</summary>
    public string Text(LocalizedText text) => Typography.Set(text.In(Code), Code);

    public string Phrase(string name, params IEnumerable<(string Name, string Value)> values) =>
        Fill(
            Phrases.GetValueOrDefault(name) ?? throw new ReportException($"the language file '{Code}' has no '{name}' in 'phrases'"),
            values.ToDictionary(value => value.Name, value => value.Value));

    /// <summary>Puts values in the place of their names in braces; a name without value stays, so that a test sees it.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Replace(text, match => values.GetValueOrDefault(match.Groups[1].Value) ?? match.Value);

    /// <summary>First letter as at the start of a line; the name of a cell stays as it is.</summary>
    public static string Capitalized(string text) => text.Length == 0 || IsCell(text) ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static (string Ending, string Phrase)[] Endings { get; } = [("_by_epoch", "by_epoch"), (MetricNames.Low(""), "lower_end"),
        (MetricNames.High(""), "upper_end")];

    private IEnumerable<KeyValuePair<string, string>> Measures(IEnumerable<ReportManifest> kinds) =>
        kinds.SelectMany(kind => In(kind.Metrics.Select(metric => KeyValuePair.Create(metric.Key, metric.Value.Text))));

    private IEnumerable<KeyValuePair<string, string>> In(IEnumerable<KeyValuePair<string, LocalizedText>> texts) =>
        texts.Select(text => KeyValuePair.Create(text.Key, Text(text.Value))).Where(text => text.Value.Length > 0);

    private static Dictionary<string, string> Last(IEnumerable<KeyValuePair<string, string>> texts)
    {
        Dictionary<string, string> last = new(StringComparer.Ordinal);
        foreach (var (key, text) in texts)
            last[key] = text;
        return last;
    }

    private static string Humanized(string key) => IsCell(key) ? key : key.Replace('_', ' ').Replace('.', ' ');

    // dropout=0.1 is data, its dot a part of a number.
    private static bool IsCell(string text) => text.Contains('=', StringComparison.Ordinal);

    [GeneratedRegex(@"\{([a-z_][a-z0-9_]*)\}")]
    private static partial Regex Placeholder();
}
