using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary>A function written in a template; without declared parameters it takes any number and reads them from <c>$</c>.</summary>
internal sealed class ScriptFunction : ScriptStatement, IScriptCustomFunction
{
    /// <summary>Null for <c>do … end</c>.</summary>
    public ScriptVariable? Name { get; set; }

    public List<ScriptParameter>? Parameters { get; set; }

    public ScriptStatement? Body { get; set; }

    public int ParameterCount => Parameters?.Count ?? 0;

    public int RequiredParameterCount => Parameters?.Count(parameter => !parameter.IsOptional && !parameter.IsGathering) ?? 0;

    public ScriptVarParamKind VarParamKind => Parameters switch
    {
        null => ScriptVarParamKind.Direct,
        [.., { IsGathering: true }] => ScriptVarParamKind.LastParameter,
        _ => ScriptVarParamKind.None,
    };

    public Type ReturnType => typeof(object);

    internal override (string Name, string Example) Grammar => ("function statement", "func <variable> ... end");

    public ScriptParameterInfo GetParameterInfo(int index)
    {
        if (Parameters is null or [])
        {
            return new ScriptParameterInfo(typeof(object), string.Empty);
        }

        var parameter = Parameters[Math.Min(index, Parameters.Count - 1)];
        return parameter.DefaultValue is null
            ? new ScriptParameterInfo(typeof(object), parameter.Name)
            : new ScriptParameterInfo(typeof(object), parameter.Name, parameter.DefaultValue);
    }

    public override object? Evaluate(TemplateContext context)
    {
        if (Name is null)
        {
            return this;
        }

        context.SetValue(Name, this);
        return null;
    }

    public object? Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
    {
        var variables = Parameters is null ? null : new ScriptObject(Parameters.Count);
        for (var i = 0; i < ParameterCount; i++)
        {
            variables!.SetValue(Parameters![i].Name, arguments[i], false);
        }

        context.PushFunction(variables, hidesCallers: Name is not null);
        try
        {
            if (Name is { IsLocal: true })
            {
                context.SetValue(Name, this);
            }

            context.SetValue(ScriptVariable.Arguments, arguments, true);
            if (blockStatement is not null)
            {
                context.SetValue(ScriptVariable.BlockDelegate, blockStatement, true);
            }

            return Body?.Evaluate(context);
        }
        finally
        {
            context.PopFunction();
        }
    }

    public ValueTask<object?> InvokeAsync(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
        => new(Invoke(context, callerContext, arguments, blockStatement));
}
