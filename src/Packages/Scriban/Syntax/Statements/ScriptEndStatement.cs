namespace Scriban.Syntax;

internal sealed class ScriptEndStatement : ScriptStatement
{
    public override object? Evaluate(TemplateContext context) => null;
}
