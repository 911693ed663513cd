namespace Scriban.Syntax;

/// <summary><c>f(x) = expression</c>, read as an expression before it is known to be a statement.</summary>
internal sealed class ScriptFunctionDeclaration(ScriptFunction function) : ScriptExpression
{
    public ScriptFunction Function => function;

    public override object? Evaluate(TemplateContext context) => function.Evaluate(context);
}
