namespace Scriban.Syntax;

/// <summary><c>do … end</c> as a value.</summary>
internal sealed class ScriptAnonymousFunction(ScriptFunction function) : ScriptExpression
{
    public override object? Evaluate(TemplateContext context) => function;
}
