namespace Scriban.Syntax;

/// <summary>The top global object.</summary>
internal sealed class ScriptThisExpression : ScriptPathExpression
{
    internal override (string Name, string Example) Grammar => ("this expression", "this");

    public override object? GetValue(TemplateContext context) => context.CurrentGlobal;

    public override void SetValue(TemplateContext context, object? value) => throw new ScriptRuntimeException(Span, "Cannot set this variable");
}
