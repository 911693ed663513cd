using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>Explains the words that occur in this report, and no others.</summary>
internal static class GlossaryTerms
{
    public static IReadOnlyList<GlossaryEntry> Of(IReadOnlyList<StageResult> results, KindLanguages languages) =>
        [.. results.SelectMany(result => Of(result, languages.Of(result.Stage))).Distinct()
            .OrderBy(entry => entry.Term, StringComparer.Ordinal)];

    private static IEnumerable<GlossaryEntry> Of(StageResult result, Language language)
    {
        var used = result.Items.SelectMany(item => item.Keys()).Select(Explained).ToHashSet(StringComparer.Ordinal);
        return language.Glossary
            .Where(entry => used.Any(key => key == entry.Key || key.EndsWith('_' + entry.Key, StringComparison.Ordinal)))
            .Select(entry => new GlossaryEntry(Language.Capitalized(language.Word(entry.Key)), entry.Value));
    }

    // Both ends of an interval are explained at once.
    private static string Explained(string key) => key is "interval_low" or "interval_high" ? "confidence_interval" : key;
}
