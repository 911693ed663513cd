namespace Scriban.Syntax;

/// <summary><c>(expression)</c>; pipes outside do not reach in.</summary>
internal sealed class ScriptNestedExpression(ScriptExpression expression) : ScriptPathExpression
{
    public ScriptExpression Expression => expression;

    internal override (string Name, string Example) Grammar => ("nested expression", "(<expression>)");

    public override object? GetValue(TemplateContext context) => Isolated(context, expression);

    public override void SetValue(TemplateContext context, object? value)
    {
        if (expression is not ScriptPathExpression path)
        {
            throw new ScriptRuntimeException(expression.Span, "Unsupported target expression for assignment.");
        }

        path.SetValue(context, value);
    }

    internal static object? Isolated(TemplateContext context, ScriptExpression expression)
    {
        var pipes = context.Pipes;
        context.Pipes = null;
        try
        {
            return expression.Evaluate(context);
        }
        finally
        {
            context.Pipes = pipes;
        }
    }
}
