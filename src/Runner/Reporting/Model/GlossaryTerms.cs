using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>Explains the words that occur in this report, and no others.</summary>
internal static class GlossaryTerms
{
    public static IReadOnlyList<GlossaryEntry> Of(IReadOnlyList<StageResult> results, Language language)
    {
        var used = results.SelectMany(result => result.Items.SelectMany(Keys).Append(result.Kind)).ToHashSet(StringComparer.Ordinal);
        return [.. language.Glossary.Where(entry => used.Any(key => key == entry.Key || key.EndsWith('_' + entry.Key, StringComparison.Ordinal)))
            .Select(entry => new GlossaryEntry(
                Language.Capitalized(language.Kinds.GetValueOrDefault(entry.Key) ?? language.Word(entry.Key)), entry.Value))
            .OrderBy(entry => entry.Term, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Keys(CardItem item) => item switch
    {
        Grid grid => [grid.Name, .. grid.Columns.Select(column => column.Name is "interval_low" or "interval_high" ? "confidence_interval" : column.Name)],
        LineFigure lines => [lines.Name, lines.Y],
        _ => [item.Name],
    };
}
