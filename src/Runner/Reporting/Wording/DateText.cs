using System.Globalization;

namespace Pipelines.Runner.Reporting.Wording;

/// <summary>A moment as a reader of the language writes it: <c>1er mars 2026 à 14:05</c>.</summary>
internal static class DateText
{
    public static string Of(DateTimeOffset time, Language language) => language.Phrase("date",
        ("day", time.Day == 1 ? language.Phrase("first_day") : time.Day.ToString(CultureInfo.InvariantCulture)),
        ("month", language.Phrase($"month_{time.Month}")), ("year", time.Year.ToString(CultureInfo.InvariantCulture)),
        ("time", time.ToString("HH:mm", CultureInfo.InvariantCulture)));
}
