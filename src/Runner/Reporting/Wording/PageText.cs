using System.Text;
using System.Xml;

namespace Pipelines.Runner.Reporting.Wording;

/// <summary>
/// What a page can hold: every character but controls, lone surrogates and the like, and none that turns around what follows it.
/// </summary>
internal static class PageText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text with a replacement character for what no page can hold.</summary>
    public static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (var i = 0; i < text.Length; i++)
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                i++;
            else if (!XmlConvert.IsXmlChar(text[i]) || IsOverride(text[i]))
                (clean ??= new(text))[i] = Replacement;
        return clean?.ToString() ?? text;
    }

    // A label that ends in U+202E would show the rest of its line backwards.
    private static bool IsOverride(char character) => character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
