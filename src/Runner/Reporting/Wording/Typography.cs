using System.Text.RegularExpressions;

namespace Pipelines.Runner.Reporting.Wording;

/// <summary>Sets texts as the printers of a language do.</summary>
internal static partial class Typography
{
    public const char NarrowSpace = '\u202F';

    /// <summary>French: narrow no-break spaces before <c>; : ! ? %</c> and inside <c>« »</c>; both languages: curved apostrophes.</summary>
    public static string Set(string text, string language)
    {
        var curved = Apostrophe().Replace(text, "’");
        if (language != "fr")
            return curved;
        var spaced = BeforeSign().Replace(curved, $"{NarrowSpace}$1");
        return AfterOpening().Replace(spaced, $"«{NarrowSpace}");
    }

    /// <summary>For headings: no line ends within CIM-10 or lit-elle, whose hyphens stay ones that can be searched for.</summary>
    public static string Heading(string text) => BeforeShortPart().Replace(text, "-\u2060");

    [GeneratedRegex(@"(?<=\w)-(?=\w{1,5}\b)")]
    private static partial Regex BeforeShortPart();

    [GeneratedRegex(@"(?<=\p{L})'(?=\p{L})")]
    private static partial Regex Apostrophe();

    [GeneratedRegex(@"[ \u00A0]+([;:!?%»])")]
    private static partial Regex BeforeSign();

    [GeneratedRegex(@"«[ \u00A0]+")]
    private static partial Regex AfterOpening();
}
