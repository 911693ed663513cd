using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>Findings in words: the phrases of their rules with the values in them.</summary>
/// <param name="split">The rows that the report tells of.</param>
internal sealed class FindingText(Language language, string split)
{
    private const string One = "_one";

    public string Title(RuledFinding found) => Say(found, $"_title{found.Finding.Variant}");

    public string Sentence(RuledFinding found) => Say(found, found.Finding.Variant);

    /// <summary>Its numbers alone, behind its title.</summary>
    public string Brief(RuledFinding found) => Say(found, "_brief");

    /// <summary>As the end of a sentence that begins with a score.</summary>
    public string Reservation(RuledFinding found) => Say(found, "_but");

    private string Say(RuledFinding found, string part)
    {
        var name = $"finding_{found.Rule.Id}{part}";
        var isOne = found.Finding.Values.TryGetValue("count", out var count) && count.Value is 1L;
        // Variants that only change the title share the sentence of their rule.
        var phrase = new[] { isOne ? name + One : name, name, isOne ? $"finding_{found.Rule.Id}{One}" : "", $"finding_{found.Rule.Id}" }
            .First(language.Phrases.ContainsKey);
        var rows = language.Phrase($"rows_of_{(language.Phrases.ContainsKey($"rows_of_{split}") ? split : "all")}");
        return language.Phrase(
            phrase, found.Finding.Values.Select(value => (value.Key, value.Value.In(language))).Append(("rows_of", rows)));
    }
}
