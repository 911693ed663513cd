namespace Scriban.Syntax;

/// <summary><c>name: value</c>; without a value it is true.</summary>
internal sealed class ScriptNamedArgument(string name, ScriptExpression? value) : ScriptExpression
{
    public string Name => name;

    public ScriptExpression? Value => value;

    public override object? Evaluate(TemplateContext context) => value is null ? true : value.Evaluate(context);
}
