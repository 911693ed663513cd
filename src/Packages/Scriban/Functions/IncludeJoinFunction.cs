using System.Collections;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Scriban.Functions;

/// <summary><c>include_join names separator begin end</c>; the last three are texts, or templates when they start with <c>tpl:</c>.</summary>
internal sealed class IncludeJoinFunction : IScriptCustomFunction
{
    private static readonly (Type Type, string Name)[] s_parameters =
        [(typeof(IList), "template_names"), (typeof(string), "separator"), (typeof(string), "prefix"), (typeof(string), "suffix")];

    public int RequiredParameterCount => 2;

    public int ParameterCount => 4;

    public ScriptVarParamKind VarParamKind => ScriptVarParamKind.Direct;

    public Type ReturnType => typeof(object);

    public ScriptParameterInfo GetParameterInfo(int index)
    {
        var (type, name) = s_parameters[Math.Min(index, s_parameters.Length - 1)];
        return new ScriptParameterInfo(type, name);
    }

    public object? Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
    {
        var names = ((IEnumerable)arguments[0]!).Cast<object?>().Select(name => context.ObjectToString(name)).Where(name => !string.IsNullOrEmpty(name)).ToList();
        var separator = Part(1);
        var prefix = Part(2);
        var suffix = Part(3);
        return prefix + string.Join(separator, names.Select(name => IncludeFunction.Render(context, callerContext, arguments, name))) + suffix;

        string Part(int index)
        {
            var text = index < arguments.Count ? context.ObjectToString(arguments[index]) ?? string.Empty : string.Empty;
            return text.StartsWith("tpl:", StringComparison.Ordinal) ? IncludeFunction.Render(context, callerContext, arguments, text[4..]) : text;
        }
    }

    public ValueTask<object?> InvokeAsync(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
        => new(Invoke(context, callerContext, arguments, blockStatement));
}
