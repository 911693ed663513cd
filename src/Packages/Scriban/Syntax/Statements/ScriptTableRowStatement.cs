using System.Globalization;

namespace Scriban.Syntax;

/// <summary><c>tablerow x in list cols:2 … end</c>: each item in a table cell.</summary>
internal sealed class ScriptTableRowStatement : ScriptForStatement
{
    private int _columns = 1;

    protected override ScriptVariable StateVariable { get; } = new("tablerow");

    protected override void SetOption(TemplateContext context, ScriptNamedArgument option)
    {
        if (option.Name == "cols")
        {
            _columns = Math.Max(1, Number(context, option));
            return;
        }

        base.SetOption(context, option);
    }

    protected override void BeforeLoop(TemplateContext context) => context.Write("<tr class=\"row1\">");

    protected override void AfterLoop(TemplateContext context) => context.Write("</tr>").WriteLine();

    protected override object? EvaluateBody(TemplateContext context, LoopState state)
    {
        state.Column = state.Index % _columns;
        if (state.Column == 0 && state.Index > 0)
        {
            var row = (state.Index / _columns) + 1;
            context.Write("</tr>").WriteLine().Write(string.Create(CultureInfo.InvariantCulture, $"<tr class=\"row{row}\">"));
        }

        context.Write(string.Create(CultureInfo.InvariantCulture, $"<td class=\"col{state.Column + 1}\">"));
        var result = base.EvaluateBody(context, state);
        context.Write("</td>");
        return result;
    }
}
