using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary><c>from | function arguments</c>: the left side becomes the first argument.</summary>
internal sealed class ScriptPipeCall(ScriptExpression from, ScriptExpression to) : ScriptExpression
{
    internal override (string Name, string Example) Grammar => ("pipe expression", "<expression> | <expression>");

    public override object? Evaluate(TemplateContext context)
    {
        var pipe = new TemplateContext.PendingPipe(from, context.Pipes);
        context.Pipes = pipe;
        try
        {
            var result = to.Evaluate(context);
            if (context.Pipes == pipe && result is IScriptCustomFunction)
            {
                result = FunctionCalls.CallIfFunction(context, to, result, takesPipe: true);
            }

            return context.Pipes != pipe
                ? result
                : throw new ScriptRuntimeException(to.Span, $"Pipe expression destination `{to}` is not a valid function ");
        }
        catch
        {
            context.Pipes = null;
            throw;
        }
    }
}
