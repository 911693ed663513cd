namespace Scriban.Syntax;

internal sealed class ScriptElseStatement : ScriptStatement
{
    public ScriptBlockStatement? Body { get; set; }

    internal override (string Name, string Example) Grammar => ("else statement", "else | else if <expression> ... end|else|else if");

    public override object? Evaluate(TemplateContext context) => Body?.Evaluate(context);
}
