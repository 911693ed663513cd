using Markdig.Syntax;

namespace Pipelines.Runner.Reporting.Markdown;

/// <summary>Puts headings below the chapter of the report that holds the text.</summary>
internal static class HeadingLevels
{
    private const int Highest = 3;
    private const int Lowest = 6;

    // A level is never skipped, whatever the author wrote.
    public static void Fit(MarkdownDocument document)
    {
        var last = Highest - 1;
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            last = Math.Clamp(Math.Min(heading.Level + Highest - 1, last + 1), Highest, Lowest);
            heading.Level = last;
        }
    }
}
