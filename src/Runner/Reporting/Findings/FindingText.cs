using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>Findings in words: the phrases of their rules with the values in them.</summary>
/// <param name="split">The rows that the report tells of.</param>
internal sealed class FindingText(Language language, string split)
{
    private const string One = "_one";

    public string Title(RuledFinding found) => Say(found, "_title", found.Finding.Variant);

    /// <summary>Its title where it begins the answer, and names what it is about.</summary>
    public string Lead(RuledFinding found) => language.Phrases.ContainsKey($"finding_{found.Rule.Id}_lead{found.Finding.Variant}")
        ? Say(found, "_lead", found.Finding.Variant) : Title(found);

    public string Sentence(RuledFinding found) => Say(found, "", found.Finding.Variant);

    /// <summary>Its numbers alone, behind its title.</summary>
    public string Brief(RuledFinding found) => Say(found, "_brief");

    /// <summary>As the end of a sentence that begins with a score.</summary>
    public string Reservation(RuledFinding found) => Say(found, "_but", found.Finding.Variant);

    /// <param name="variant">What has no phrase for it has that of its rule.</param>
    private string Say(RuledFinding found, string part, string variant = "")
    {
        var isOne = found.Finding.Values.TryGetValue("count", out var count) && count.Value is 1L;
        var name = $"finding_{found.Rule.Id}{part}";
        var phrase = new[] { name + variant, name }.SelectMany(known => isOne ? new[] { known + One, known } : [known])
            .First(language.Phrases.ContainsKey);
        var rows = language.Phrase($"rows_of_{(language.Phrases.ContainsKey($"rows_of_{split}") ? split : "all")}");
        var styles = StylesOf(found.Finding.Values.Values);
        return language.Phrase(
            phrase,
            found.Finding.Values.Select(value => (value.Key, value.Value.In(language, StyleOf(value.Value)))).Append(("rows_of", rows)));

        NumberStyle? StyleOf(FindingValue value) => styles.TryGetValue(value.Format, out var style) ? style : null;
    }

    // A sentence compares its numbers, and a difference with none.
    private Dictionary<ValueFormat, NumberStyle> StylesOf(IEnumerable<FindingValue> values) => values.Where(value => value.Value is double)
        .GroupBy(value => value.Format, value => (double)value.Value)
        .ToDictionary(same => same.Key, same => language.Numbers.Apart(same.Key, same.Key == ValueFormat.Points ? same.Append(0) : same));
}
