namespace Scriban.Syntax;

internal sealed class ScriptLiteral(object? value) : ScriptExpression
{
    public object? Value => value;

    internal override (string Name, string Example) Grammar => ("literal", "<value>");

    public override object? Evaluate(TemplateContext context) => value;
}
