using System.Reflection;
using System.Runtime.ExceptionServices;
using Scriban.Parsing;
using Scriban.Syntax;

namespace Scriban.Runtime;

/// <summary>A .NET method as a function; a leading context and span are handed in by the engine.</summary>
internal sealed class DelegateCustomFunction : IScriptCustomFunction
{
    private readonly object? _target;
    private readonly MethodInfo _method;
    private readonly MethodInfo _described;
    private Signature? _signature;

    public DelegateCustomFunction(Delegate function)
    {
        _target = function;
        _method = function.GetType().GetMethod(nameof(Action.Invoke))!;
        _described = function.Method;
    }

    public DelegateCustomFunction(object? target, MethodInfo method)
    {
        _target = target;
        _method = method;
        _described = method;
    }

    public int RequiredParameterCount => Known.Required;

    public int ParameterCount => Known.Parameters.Length;

    public ScriptVarParamKind VarParamKind => Known.GatheredType is null ? ScriptVarParamKind.None : ScriptVarParamKind.LastParameter;

    public Type ReturnType => _method.ReturnType;

    // There are more than a hundred builtins and a template calls a handful: what a call needs is looked up at the first one.
    private Signature Known => _signature ??= Signature.Of(_method, _described);

    public ScriptParameterInfo GetParameterInfo(int index)
    {
        var parameters = Known.Parameters;
        return parameters.Length == 0 ? new ScriptParameterInfo(typeof(object), string.Empty) : parameters[Math.Min(index, parameters.Length - 1)];
    }

    public object? Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
    {
        var span = callerContext?.Span ?? context.CurrentSpan;
        var signature = Known;
        var injected = signature.Injected;
        var values = new object?[injected + signature.Parameters.Length];
        if (injected > 0)
        {
            values[0] = context;
        }

        if (injected > 1)
        {
            values[1] = span;
        }

        for (var i = 0; i < signature.Parameters.Length; i++)
        {
            var value = i < arguments.Count ? arguments[i] : null;
            values[injected + i] = signature.GatheredType is { } type && i == signature.Parameters.Length - 1
                ? Gather(context, span, value, type)
                : context.ToObject(span, value, signature.Parameters[i].ParameterType);
        }

        try
        {
            return signature.Invoker.Invoke(_target, values.AsSpan());
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    public ValueTask<object?> InvokeAsync(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
        => new(Invoke(context, callerContext, arguments, blockStatement));

    private static Array Gather(TemplateContext context, SourceSpan span, object? value, Type type)
    {
        var items = value as ScriptArray ?? [];
        var gathered = Array.CreateInstance(type, items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            gathered.SetValue(context.ToObject(span, items[i], type), i);
        }

        return gathered;
    }

    /// <summary>The parameters a template sees, and how many come before them.</summary>
    private sealed record Signature(MethodInvoker Invoker, int Injected, Type? GatheredType, ScriptParameterInfo[] Parameters, int Required)
    {
        public static Signature Of(MethodInfo method, MethodInfo described)
        {
            // A delegate can be bound to the first parameter of its method: the names are those of the last ones. A default can stand in either.
            var own = method.GetParameters();
            var parameters = described.GetParameters()[^own.Length..]
                .Zip(own, (named, invoked) => invoked.HasDefaultValue && !named.HasDefaultValue ? invoked : named).ToArray();
            var takesContext = parameters is [var first, ..] && typeof(TemplateContext).IsAssignableFrom(first.ParameterType);
            var injected = !takesContext ? 0 : parameters.Length > 1 && parameters[1].ParameterType == typeof(SourceSpan) ? 2 : 1;
            var gathered = parameters is [.., var last] ? GatheredTypeOf(last) : null;
            parameters = parameters[injected..];
            return new Signature(
                MethodInvoker.Create(method),
                injected,
                gathered,
                [.. parameters.Select((parameter, index) => Describe(parameter, index == parameters.Length - 1 ? gathered : null))],
                gathered is null ? parameters.Count(parameter => !parameter.IsOptional) : parameters.Length - 1);
        }

        private static Type? GatheredTypeOf(ParameterInfo last)
            => last.ParameterType.IsArray && (last.ParameterType == typeof(object[]) || last.IsDefined(typeof(ParamArrayAttribute)))
                ? last.ParameterType.GetElementType()
                : null;

        private static ScriptParameterInfo Describe(ParameterInfo parameter, Type? gatheredType)
        {
            var type = gatheredType ?? parameter.ParameterType;
            var name = parameter.Name ?? string.Empty;
            return parameter.HasDefaultValue ? new ScriptParameterInfo(type, name, parameter.DefaultValue) : new ScriptParameterInfo(type, name);
        }
    }
}
