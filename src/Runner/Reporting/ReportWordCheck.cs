using System.Text.RegularExpressions;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Reporting;

/// <summary>Looks whether the words that a pipeline file changes are there to be changed, and take the same values.</summary>
internal static partial class ReportWordCheck
{
    public static IReadOnlyList<Diagnostic> Of(Plan plan, ReportFiles files)
    {
        if (plan.Report.Words.Count == 0)
            return [];
        var language = files.LanguageOf(plan with { Report = plan.Report with { Words = [] } });
        var kinds = plan.Stages.Select(stage => stage.Manifest.Report).Distinct().ToList();
        HashSet<string> known = new(
            [.. language.Words.Keys, .. language.Phrases.Keys, .. kinds.SelectMany(kind => kind.Words.Keys.Concat(kind.Metrics.Keys))],
            StringComparer.Ordinal);
        return [.. plan.Report.Words.Select(word => Of(word, known, language)).OfType<Diagnostic>()];
    }

    private static Diagnostic? Of(ReportWord word, IReadOnlyCollection<string> known, Language language)
    {
        if (!known.Contains(word.Key))
            return new("unknown-word", Severity.Error, $"the report has no word or phrase {Quoted.Short(word.Key)}", word.At,
                Nearest.To(word.Key, known) is { } nearest ? $"did you mean '{nearest}'?"
                    : $"its headings are section_data, section_results …; all are in reports-templates/languages/{language.Code}.yaml");
        if (language.Phrases.GetValueOrDefault(word.Key) is not { } phrase || word.Text.In(language.Code) is not { } text)
            return null;
        return PlacesIn(text).Except(PlacesIn(phrase)).FirstOrDefault() is { } unknown
            ? new("unknown-place", Severity.Error, $"nothing is put in the place of '{{{unknown}}}' in {Quoted.Short(word.Key)}", word.At,
                PlacesIn(phrase) is { Count: > 0 } places
                    ? $"this text takes {string.Join(", ", places.Select(place => $"{{{place}}}"))}" : "this text takes no values")
            : null;
    }

    private static List<string> PlacesIn(string text) => [.. Place().Matches(text).Select(match => match.Groups[1].Value).Distinct()];

    [GeneratedRegex(@"\{([a-z_][a-z0-9_]*)\}")]
    private static partial Regex Place();
}
