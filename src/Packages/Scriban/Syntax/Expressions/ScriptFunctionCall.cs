namespace Scriban.Syntax;

/// <summary><c>function a b</c> or <c>function(a, b)</c>.</summary>
internal sealed class ScriptFunctionCall(ScriptExpression target, bool isExplicit) : ScriptExpression
{
    public ScriptExpression Target => target;

    public List<ScriptExpression> Arguments { get; } = [];

    internal override (string Name, string Example) Grammar => ("function call expression", "<target_expression> <arguemnt[0]> ... <arguement[n]>");

    /// <summary>True for <c>f(x, y)</c>, which followed by an equals sign declares a function.</summary>
    public bool LooksLikeDeclaration
        => isExplicit && target is ScriptVariable { IsLocal: false } && Arguments.TrueForAll(argument => argument is ScriptVariable { IsLocal: false });

    public override object? Evaluate(TemplateContext context)
    {
        var function = target.EvaluateAlias(context);
        if (function is not null)
        {
            return FunctionCalls.Call(context, this, function, takesPipe: true, Arguments);
        }

        return context.EnableRelaxedFunctionAccess
            ? null
            : throw new ScriptRuntimeException(target.Span, $"The function `{target}` was not found");
    }
}
