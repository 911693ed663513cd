using System.Globalization;
using System.Text;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>How much room a text takes, without fonts: an estimate on the safe side for the sans-serif faces of today's systems.</summary>
internal static class TextSize
{
    // Of DejaVu Sans, the widest of the usual ones.
    private const double Narrow = 0.32;
    private const double Slim = 0.41;
    private const double Usual = 0.62;
    private const double Capital = 0.72;
    private const double Broad = 0.96;
    private const double Wide = 1.05;

    public static double Width(string text, double fontSize) => fontSize * text.EnumerateRunes().Sum(WidthOf);

    private static double WidthOf(Rune rune) => rune.Value >= 0x1100 ? Wide
        : "ijl.,:;'’|! \u202F".Contains((char)rune.Value, StringComparison.Ordinal) ? Narrow
        : "frt()[]-".Contains((char)rune.Value, StringComparison.Ordinal) ? Slim
        : "mwMW%@…".Contains((char)rune.Value, StringComparison.Ordinal) ? Broad
        : char.IsUpper((char)rune.Value) ? Capital
        : Usual;

    /// <summary>Cut at a character boundary, with an ellipsis.</summary>
    public static string Fit(string text, double fontSize, double room)
    {
        var (width, kept, end) = (0.0, 0, 0);
        while (end < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text, end);
            width += Width(text.Substring(end, length), fontSize);
            if (width > room)
                return text[..kept].TrimEnd() + "…";
            end += length;
            // Up to here there is room for the ellipsis too.
            if (width + fontSize <= room)
                kept = end;
        }
        return text;
    }
}
