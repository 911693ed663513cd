namespace Scriban.Syntax;

/// <summary><c>target.empty?</c>.</summary>
internal sealed class ScriptIsEmptyExpression(ScriptExpression target) : ScriptPathExpression
{
    internal override (string Name, string Example) Grammar => ("empty expression", "<expression>.empty?");

    public override object? GetValue(TemplateContext context)
    {
        var value = target.EvaluateTarget(context);
        return value is not null || context.EnableRelaxedMemberAccess
            ? context.IsEmpty(Span, value)
            : throw new ScriptRuntimeException(Span, $"Object `{target}` is null. Cannot access property `empty?`");
    }

    public override void SetValue(TemplateContext context, object? value)
        => throw new ScriptRuntimeException(Span, "The `.empty?` property cannot be set");
}
