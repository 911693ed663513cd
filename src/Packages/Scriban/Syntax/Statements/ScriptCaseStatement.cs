namespace Scriban.Syntax;

internal sealed class ScriptCaseStatement : ScriptStatement
{
    public ScriptExpression? Value { get; set; }

    public ScriptBlockStatement? Body { get; set; }

    internal override (string Name, string Example) Grammar => ("case statement", "case <expression> ... end|when|else");

    public override object? Evaluate(TemplateContext context)
    {
        context.CaseValues.Push(Value!.Evaluate(context));
        try
        {
            return Body?.Evaluate(context);
        }
        finally
        {
            context.CaseValues.Pop();
        }
    }
}
