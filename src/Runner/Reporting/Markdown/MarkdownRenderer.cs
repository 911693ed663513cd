using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Pipelines.Runner.Reporting.Markdown;

/// <summary>Writes tables as all tables of a report are, and formulas as they were written.</summary>
internal sealed class MarkdownRenderer : HtmlRenderer
{
    public MarkdownRenderer(TextWriter writer)
        : base(writer)
    {
        ObjectRenderers.AddRange([new TableRenderer(), new FormulaRenderer(), new HtmlFootnoteGroupRenderer(), new HtmlFootnoteLinkRenderer()]);
        // A formula in a block is a code block too, for which there is a renderer already.
        ObjectRenderers.InsertBefore<CodeBlockRenderer>(new FormulaBlockRenderer());
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
            renderer.EnsureLine();
            renderer.WriteLine("<div class=\"scroll\">");
            base.Write(renderer, table);
            renderer.WriteLine("</div>");
        }

        private static void Mark(HtmlAttributes cell, bool isHead, TableColumnAlign? alignment)
        {
            if (isHead)
                cell.AddProperty("scope", "col");
            if (alignment is TableColumnAlign.Right or TableColumnAlign.Center)
                cell.AddClass(alignment is TableColumnAlign.Right ? "num" : "check");
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
            renderer.EnsureLine().Write("<pre class=\"math\">").WriteLeafRawLines(formula, writeEndOfLines: true, escape: true).WriteLine("</pre>");
    }
}
