namespace Scriban.Syntax;

/// <summary><c>condition ? then : else</c>.</summary>
internal sealed class ScriptConditionalExpression(ScriptExpression condition, ScriptExpression then, ScriptExpression otherwise) : ScriptExpression
{
    internal override (string Name, string Example) Grammar => ("conditional expression", "<condition> ? <then_value> : <else_value>");

    public override object? Evaluate(TemplateContext context)
        => (context.ToBool(condition.Span, condition.Evaluate(context)) ? then : otherwise).Evaluate(context);
}
