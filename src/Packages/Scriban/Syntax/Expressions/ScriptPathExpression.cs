namespace Scriban.Syntax;

/// <summary>What can stand left of an equals sign: a variable, a member, an element. A function found there is called.</summary>
internal abstract class ScriptPathExpression : ScriptExpression
{
    public sealed override object? Evaluate(TemplateContext context) => FunctionCalls.CallIfFunction(context, this, EvaluateAlias(context), takesPipe: true);

    public abstract object? GetValue(TemplateContext context);

    public abstract void SetValue(TemplateContext context, object? value);

    internal sealed override object? EvaluateAlias(TemplateContext context)
    {
        try
        {
            return GetValue(context);
        }
        catch (Exception exception) when (exception is not ScriptRuntimeException)
        {
            throw new ScriptRuntimeException(Span, $"Unexpected exception while accessing target expression: {exception.Message}", exception);
        }
    }

    internal sealed override object? EvaluateTarget(TemplateContext context) => FunctionCalls.CallIfFunction(context, this, GetValue(context), takesPipe: false);
}
