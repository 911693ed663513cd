using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Reporting.Markdown;

/// <summary>Sets running text as the printers of the language do; code, formulas and addresses stay as they are.</summary>
internal static class InlineText
{
    public static void Set(MarkdownDocument document, string language)
    {
        foreach (var block in document.Descendants<LeafBlock>())
            if (block.Inline is { } inlines)
                Set(inlines, language);
    }

    // Lines of a paragraph, and what the parser cut at signs that turned out to mean nothing, are joined first: the rules look at
    // neighbours.
    private static void Set(ContainerInline inlines, string language)
    {
        StringBuilder text = new();
        for (var inline = inlines.FirstChild; inline is not null;)
        {
            var next = inline.NextSibling;
            if (TextOf(inline) is { } part)
            {
                text.Append(part);
                if (TextOf(next) is null)
                    inline.ReplaceBy(Typeset(text, language));
                else
                    inline.Remove();
            }
            else if (inline is ContainerInline container)
            {
                Set(container, language);
            }
            inline = next;
        }
    }

    private static LiteralInline Typeset(StringBuilder text, string language)
    {
        var set = Typography.Set(text.ToString(), language);
        text.Clear();
        return new(set);
    }

    private static string? TextOf(Inline? inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        LineBreakInline { IsHard: false } => " ",
        _ => null,
    };
}
