using Markdig;
using Markdig.Parsers;

namespace Pipelines.Runner.Reporting.Markdown;

/// <summary>
/// The Markdown that answers are written in: CommonMark with tables, footnotes and formulas, which stay as they are written. HTML in
/// it is text, and links lead to pages, mail addresses and places of the report only.
/// </summary>
internal static class MarkdownText
{
    private static readonly MarkdownPipeline s_pipeline =
        new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseGridTables().UseFootnotes().UseMathematics().UseAutoLinks().Build();

    /// <returns>Well-formed HTML.</returns>
    /// <exception cref="ReportException">Blocks, brackets or emphasis lie within each other too deeply.</exception>
    public static string ToHtml(string markdown, string language)
    {
        using StringWriter html = new();
        try
        {
            var document = MarkdownParser.Parse(markdown, s_pipeline);
            HeadingLevels.Fit(document);
            LinkTargets.Restrict(document);
            InlineText.Set(document, language);
            new MarkdownRenderer(html).Render(document);
        }
        catch (ArgumentException tooDeep)
        {
            throw new ReportException($"the answers cannot be read as Markdown: {tooDeep.Message}");
        }
        return html.ToString();
    }
}
