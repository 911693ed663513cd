using System.Text;
using System.Xml;

namespace Pipelines.Runner.Reporting.Wording;

/// <summary>What a page can hold: every character but controls, lone surrogates and the like.</summary>
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
            else if (!XmlConvert.IsXmlChar(text[i]))
                (clean ??= new(text))[i] = Replacement;
        return clean?.ToString() ?? text;
    }
}
