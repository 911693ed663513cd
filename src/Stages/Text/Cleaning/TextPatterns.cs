using System.Net;
using System.Text.RegularExpressions;

namespace Pipelines.Stages.Text.Cleaning;

/// <summary>Parts of a text that are found by their shape.</summary>
internal static partial class TextPatterns
{
    /// <summary>Without tags, comments, scripts and styles; entities such as <c>&amp;amp;</c> become characters.</summary>
    public static string WithoutHtml(string text) => WebUtility.HtmlDecode(Html().Replace(text, " "));

    public static string WithUrls(string text, string replacement) => Url().Replace(text, replacement);

    public static string WithSingleSpaces(string text) => Whitespace().Replace(text, " ").Trim();

    [GeneratedRegex(@"<(script|style)\b.*?</\1\s*>|<!--.*?-->|</?[a-z][^<>]*>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Html();

    [GeneratedRegex(@"\b(?:https?://|www\.)[^\s<>""]+", RegexOptions.IgnoreCase)]
    private static partial Regex Url();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
