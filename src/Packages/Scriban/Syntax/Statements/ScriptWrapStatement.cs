using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary><c>wrap function … end</c>: the function writes the body where it says <c>$$</c>.</summary>
internal sealed class ScriptWrapStatement : ScriptStatement
{
    public ScriptExpression? Target { get; set; }

    public ScriptBlockStatement? Body { get; set; }

    internal override (string Name, string Example) Grammar => ("wrap statement", "wrap <function_call> ... end");

    public override object? Evaluate(TemplateContext context)
    {
        if (Target is ScriptFunctionCall)
        {
            context.PushWrappedBlock(Body!);
            return Target.Evaluate(context);
        }

        var function = Target!.EvaluateAlias(context);
        if (function is not IScriptCustomFunction)
        {
            throw new ScriptRuntimeException(Target.Span, $"Expecting a direct function instead of the expression `{Target}/{Target.Grammar.Name}`");
        }

        context.PushWrappedBlock(Body!);
        return FunctionCalls.Call(context, this, function, takesPipe: false, []);
    }
}
