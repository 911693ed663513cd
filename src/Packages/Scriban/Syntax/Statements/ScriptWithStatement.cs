using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary><c>with object … end</c>: its members are the variables.</summary>
internal sealed class ScriptWithStatement : ScriptStatement
{
    public ScriptExpression? Target { get; set; }

    public ScriptBlockStatement? Body { get; set; }

    internal override (string Name, string Example) Grammar => ("with statement", "with <variable> ... end");

    public override object? Evaluate(TemplateContext context)
    {
        var target = Target!.Evaluate(context);
        if (target is not IScriptObject scriptObject)
        {
            throw new ScriptRuntimeException(
                Target.Span, $"Invalid target property `{Target}` used for [with] statement. Must be a ScriptObject instead of `{target?.GetType().Name ?? "null"}`");
        }

        context.PushGlobal(scriptObject);
        try
        {
            return Body?.Evaluate(context);
        }
        finally
        {
            context.PopGlobal();
        }
    }
}
