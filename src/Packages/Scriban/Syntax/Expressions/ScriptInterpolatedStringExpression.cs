using System.Text;

namespace Scriban.Syntax;

/// <summary><c>$"text {expression}"</c>.</summary>
internal sealed class ScriptInterpolatedStringExpression : ScriptExpression
{
    public List<ScriptExpression> Parts { get; } = [];

    internal override (string Name, string Example) Grammar => ("interpolated expression", "{<expression>}");

    public override object? Evaluate(TemplateContext context)
    {
        var text = new StringBuilder();
        foreach (var part in Parts)
        {
            text.Append(ScriptNestedExpression.Isolated(context, part));
        }

        return text.ToString();
    }
}
