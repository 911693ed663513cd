using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Pipelines.Runner.Reporting.Markdown;

/// <summary>Writes tables as all tables of a report are, and formulas as they were written.</summary>
internal sealed class MarkdownRenderer : HtmlRenderer
{
    public MarkdownRenderer(TextWriter writer)
        : base(writer)
    {
        ObjectRenderers.AddRange(
            [new TableRenderer(), new FormulaRenderer(), new HtmlFootnoteGroupRenderer(), new HtmlFootnoteLinkRenderer()]);
        // A formula in a block is a code block too, for which there is a renderer already.
        ObjectRenderers.InsertBefore<CodeBlockRenderer>(new FormulaBlockRenderer());
        ObjectRenderers.Replace<CodeBlockRenderer>(new ScrollingCodeRenderer());
    }

    private sealed class TableRenderer : HtmlTableRenderer
    {
        protected override void Write(HtmlRenderer renderer, Table table)
        {
            foreach (var row in table.OfType<TableRow>())
                foreach (var (cell, column) in row.OfType<TableCell>().Zip(table.ColumnDefinitions))
                    Mark(cell.GetAttributes(), row.IsHeader, column.Alignment);
            // Alignment is a class now.
            foreach (var column in table.ColumnDefinitions)
                column.Alignment = null;
            if (NameOf(table) is { Length: > 0 } name)
                table.GetAttributes().AddProperty("aria-label", name);
            renderer.EnsureLine();
            renderer.WriteLine("<div class=\"scroll\" tabindex=\"0\">");
            base.Write(renderer, table);
            renderer.WriteLine("</div>");
        }

        // Authors give their tables no names: its columns say what a table is about.
        private static string NameOf(Table table) => string.Join(", ", table.OfType<TableRow>().Take(1)
            .SelectMany(row => row.OfType<TableCell>())
            .Select(cell => string.Concat(cell.Descendants<LiteralInline>().Select(text => text.Content.ToString())).Trim())
            .Where(text => text.Length > 0));

        private static void Mark(HtmlAttributes cell, bool isHead, TableColumnAlign? alignment)
        {
            if (isHead)
                cell.AddProperty("scope", "col");
            if (alignment is TableColumnAlign.Right or TableColumnAlign.Center)
                cell.AddClass(alignment is TableColumnAlign.Right ? "num" : "check");
        }
    }

    // What may be wider than the page is reached by the keyboard too.
    private sealed class ScrollingCodeRenderer : CodeBlockRenderer
    {
        public ScrollingCodeRenderer() => OutputAttributesOnPre = true;

        protected override void Write(HtmlRenderer renderer, CodeBlock code)
        {
            code.GetAttributes().AddProperty("tabindex", "0");
            base.Write(renderer, code);
        }
    }

    private sealed class FormulaRenderer : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline formula)
        {
            string dollars = new(formula.Delimiter, formula.DelimiterCount);
            renderer.Write("<span class=\"math\">").Write(dollars).WriteEscape(formula.Content).Write(dollars).Write("</span>");
        }
    }

    private sealed class FormulaBlockRenderer : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock formula) =>
            renderer.EnsureLine().Write("<pre class=\"math\" tabindex=\"0\">")
                .WriteLeafRawLines(formula, writeEndOfLines: true, escape: true).WriteLine("</pre>");
    }
}
