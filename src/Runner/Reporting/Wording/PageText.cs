using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Pipelines.Runner.Reporting.Wording;

/// <summary>
/// What a page can hold: every character but controls, lone surrogates and the like, and none that turns around what follows it; of a long
/// text its beginning.
/// </summary>
internal static partial class PageText
{
    private const char Replacement = '\uFFFD';

    // Nobody reads more in the cell of a table; a field of a data file may have millions, which stand in the CSV files.
    private const int MaxCharacters = 600;

    /// <summary>The beginning of a text that is too long for a page.</summary>
    public static string Short(string text) => Cut(text, MaxCharacters);

    /// <param name="most">Characters, without the ellipsis.</param>
    public static string Cut(string text, int most) => text.Length <= most ? text
        : text[..(most - (char.IsHighSurrogate(text[most - 1]) ? 1 : 0))] + "…";

    /// <summary>Letters as they are in the place of their numbers, which escaping made of them: none of these is markup.</summary>
    public static string Plain(string page) => Letter().Replace(page, match => ((char)(
        (100 * (match.Groups[1].Value[0] - '0')) + (10 * (match.Groups[1].Value[1] - '0')) + match.Groups[1].Value[2] - '0')).ToString());

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

    [GeneratedRegex("&#(1[6-9][0-9]|2[0-4][0-9]|25[0-5]);")]
    private static partial Regex Letter();

    // A label that ends in U+202E would show the rest of its line backwards.
    private static bool IsOverride(char character) => character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
