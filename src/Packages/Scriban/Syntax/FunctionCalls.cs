using Scriban.Parsing;
using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary>Binds arguments to parameters and calls functions.</summary>
internal static class FunctionCalls
{
    public static object? CallIfFunction(TemplateContext context, ScriptNode caller, object? value, bool takesPipe)
        => value is IScriptCustomFunction function ? Call(context, caller, function, takesPipe, []) : value;

    /// <summary>Calls with argument expressions, and the value of a pipe in front of them when one waits.</summary>
    public static object? Call(TemplateContext context, ScriptNode caller, object? target, bool takesPipe, IReadOnlyList<ScriptExpression> arguments)
    {
        var block = context.TakeWrappedBlock();
        var pipe = takesPipe ? context.TakePipe() : null;
        if (target is not IScriptCustomFunction function)
        {
            throw new ScriptRuntimeException(caller.Span, pipe is not null && caller is ScriptFunctionCall call
                ? $"Pipe expression destination `{call.Target}` is not a valid function "
                : $"Invalid target function `{target}` ({context.GetTypeName(target)})");
        }

        if (pipe is not null)
        {
            arguments = [pipe, .. arguments];
        }

        var bound = new ArgumentBinding(context, function, caller);
        foreach (var argument in arguments)
        {
            bound.Add(argument);
        }

        bound.Complete(arguments);
        return Invoke(context, caller, function, bound.Values, block, arguments);
    }

    /// <summary>Calls with values, as the functions over lists do.</summary>
    public static object? Call(TemplateContext context, ScriptNode caller, IScriptCustomFunction function, params ReadOnlySpan<object?> values)
    {
        var bound = new ArgumentBinding(context, function, caller);
        foreach (var value in values)
        {
            bound.AddValue(value, caller.Span);
        }

        bound.Complete([]);
        return Invoke(context, caller, function, bound.Values, null, []);
    }

    private static object? Invoke(
        TemplateContext context, ScriptNode caller, IScriptCustomFunction function, ScriptArray values, ScriptBlockStatement? block, IReadOnlyList<ScriptExpression> arguments)
    {
        var outerNode = context.CurrentNode;
        context.EnterRecursive(caller);
        context.CurrentNode = caller;
        try
        {
            return function.Invoke(context, caller, values, block);
        }
        catch (Exception exception) when (exception is not ScriptRuntimeException)
        {
            throw new ScriptRuntimeException(SpanOfBlame(exception, function, arguments, caller.Span), exception.Message, exception);
        }
        finally
        {
            context.CurrentNode = outerNode;
            context.ExitRecursive(caller);
            context.FlowState = ScriptFlowState.None;
        }
    }

    private static SourceSpan SpanOfBlame(Exception exception, IScriptCustomFunction function, IReadOnlyList<ScriptExpression> arguments, SourceSpan call)
    {
        var index = exception is ArgumentException { ParamName: { } name } ? ArgumentBinding.IndexOf(function, name) : -1;
        return index >= 0 && index < arguments.Count ? arguments[index].Span : call;
    }
}
