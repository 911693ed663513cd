using System.Text.RegularExpressions;

namespace Pipelines.Stages.Text.Cleaning;

/// <summary>Parts of a text that are found by their shape.</summary>
internal static partial class TextPatterns
{
    public static string WithUrls(string text, string replacement) => Url().Replace(text, replacement);

    public static string WithSingleSpaces(string text) => Whitespace().Replace(text, " ").Trim();

    [GeneratedRegex(@"\b(?:https?://|www\.)[^\s<>""]+", RegexOptions.IgnoreCase)]
    private static partial Regex Url();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
