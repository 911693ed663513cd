using System.Reflection;
using Scriban.Parsing;
using Scriban.Syntax;

namespace Scriban.Runtime;

/// <summary>A .NET method as a function; a leading context and span are handed in by the engine.</summary>
internal sealed class DelegateCustomFunction : IScriptCustomFunction
{
    private readonly object? _target;
    private readonly MethodInvoker _invoker;
    private readonly bool _takesContext;
    private readonly bool _takesSpan;
    private readonly Type? _gatheredType;
    private readonly ScriptParameterInfo[] _parameters;

    public DelegateCustomFunction(Delegate function)
        : this(function, function.GetType().GetMethod("Invoke")!, function.Method.GetParameters())
    {
    }

    public DelegateCustomFunction(object? target, MethodInfo method)
        : this(target, method, method.GetParameters())
    {
    }

    private DelegateCustomFunction(object? target, MethodInfo method, ParameterInfo[] described)
    {
        _target = target;
        _invoker = MethodInvoker.Create(method);
        ReturnType = method.ReturnType;
        var parameters = method.GetParameters();

        // A static method behind a closed delegate has one parameter more than the delegate; the names are those of the last ones.
        described = described[^parameters.Length..];
        _takesContext = parameters.Length > 0 && typeof(TemplateContext).IsAssignableFrom(parameters[0].ParameterType);
        _takesSpan = _takesContext && parameters.Length > 1 && parameters[1].ParameterType == typeof(SourceSpan);
        _gatheredType = described.Length > 0 ? GatheredType(described[^1]) : null;
        VarParamKind = _gatheredType is null ? ScriptVarParamKind.None : ScriptVarParamKind.LastParameter;
        described = described[((_takesContext ? 1 : 0) + (_takesSpan ? 1 : 0))..];
        _parameters = [.. described.Select((parameter, index) => Describe(parameter, index == described.Length - 1 ? _gatheredType : null))];
        RequiredParameterCount = _gatheredType is null ? described.Count(parameter => !parameter.IsOptional) : described.Length - 1;
    }

    public int RequiredParameterCount { get; }

    public int ParameterCount => _parameters.Length;

    public ScriptVarParamKind VarParamKind { get; }

    public Type ReturnType { get; }

    public ScriptParameterInfo GetParameterInfo(int index)
    {
        if (_parameters.Length == 0)
        {
            return new ScriptParameterInfo(typeof(object), string.Empty);
        }

        return _parameters[Math.Min(index, _parameters.Length - 1)];
    }

    public object? Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
    {
        var span = callerContext?.Span ?? context.CurrentSpan;
        var injected = (_takesContext ? 1 : 0) + (_takesSpan ? 1 : 0);
        var values = new object?[injected + _parameters.Length];
        if (_takesContext)
        {
            values[0] = context;
        }

        if (_takesSpan)
        {
            values[1] = span;
        }

        for (var i = 0; i < _parameters.Length; i++)
        {
            var value = i < arguments.Count ? arguments[i] : null;
            values[injected + i] = _gatheredType is not null && i == _parameters.Length - 1
                ? Gather(context, span, value)
                : context.ToObject(span, value, _parameters[i].ParameterType);
        }

        try
        {
            return _invoker.Invoke(_target, values.AsSpan());
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    public ValueTask<object?> InvokeAsync(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
        => new(Invoke(context, callerContext, arguments, blockStatement));

    private static Type? GatheredType(ParameterInfo last)
        => last.ParameterType.IsArray && (last.ParameterType == typeof(object[]) || last.IsDefined(typeof(ParamArrayAttribute)))
            ? last.ParameterType.GetElementType()
            : null;

    private static ScriptParameterInfo Describe(ParameterInfo parameter, Type? gatheredType)
    {
        var type = gatheredType ?? parameter.ParameterType;
        var name = parameter.Name ?? string.Empty;
        return parameter.HasDefaultValue ? new ScriptParameterInfo(type, name, parameter.DefaultValue) : new ScriptParameterInfo(type, name);
    }

    private Array Gather(TemplateContext context, SourceSpan span, object? value)
    {
        var items = value as ScriptArray ?? [];
        var gathered = Array.CreateInstance(_gatheredType!, items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            gathered.SetValue(context.ToObject(span, items[i], _gatheredType!), i);
        }

        return gathered;
    }
}
