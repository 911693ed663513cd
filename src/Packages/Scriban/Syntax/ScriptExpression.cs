namespace Scriban.Syntax;

public abstract class ScriptExpression : ScriptNode
{
    /// <summary>Evaluates, but leaves a function as it is instead of calling it.</summary>
    internal virtual object? EvaluateAlias(TemplateContext context) => Evaluate(context);

    /// <summary>Evaluates what stands before a dot or a bracket.</summary>
    internal virtual object? EvaluateTarget(TemplateContext context) => FunctionCalls.CallIfFunction(context, this, Evaluate(context), takesPipe: false);
}
