namespace Scriban.Syntax;

internal sealed class ScriptIfStatement : ScriptStatement
{
    public ScriptExpression? Condition { get; set; }

    public ScriptBlockStatement? Then { get; set; }

    /// <summary>Another condition, or the block of an <c>else</c>.</summary>
    public ScriptStatement? Else { get; set; }

    internal override (string Name, string Example) Grammar => ("if statement", "if <expression> ... end|else|else if");

    public override object? Evaluate(TemplateContext context)
        => (context.ToBool(Condition!.Span, Condition.Evaluate(context)) ? Then : Else)?.Evaluate(context);
}
