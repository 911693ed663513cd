using System.Collections;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary>The argument values of one call, filled from the left; defaults fill the gaps.</summary>
internal sealed class ArgumentBinding(TemplateContext context, IScriptCustomFunction function, ScriptNode caller)
{
    private ulong _given;

    public ScriptArray Values { get; } = new(function.ParameterCount);

    public static int IndexOf(IScriptFunctionInfo function, string name)
    {
        for (var i = 0; i < function.ParameterCount; i++)
        {
            if (function.GetParameterInfo(i).Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    public void Add(ScriptExpression argument)
    {
        if (argument is ScriptNamedArgument named)
        {
            AddNamed(named);
            return;
        }

        var value = argument.Evaluate(context);
        if (argument is ScriptUnaryExpression { Operator: ScriptUnaryOperator.Expand } && value is IEnumerable expanded)
        {
            foreach (var item in expanded)
            {
                AddValue(item, caller.Span);
            }

            return;
        }

        AddValue(value, argument.Span);
    }

    public void AddValue(object? value, SourceSpan span) => Set(Values.Count, value, span);

    /// <summary>Fills in defaults and checks the number of arguments.</summary>
    /// <exception cref="ScriptRuntimeException">Too few or too many.</exception>
    public void Complete(IReadOnlyList<ScriptExpression> arguments)
    {
        if (function.VarParamKind != ScriptVarParamKind.Direct)
        {
            FillUpTo(function.ParameterCount);
        }

        var required = function.RequiredParameterCount;
        var givenRequired = 0;
        for (var i = 0; i < Math.Min(required, 64); i++)
        {
            givenRequired += (_given >> i & 1) != 0 ? 1 : 0;
        }

        if (givenRequired < required)
        {
            throw WrongNumber(caller.Span.After(), givenRequired, required);
        }

        if (function.VarParamKind == ScriptVarParamKind.None && Values.Count > function.ParameterCount)
        {
            var span = Values.Count <= arguments.Count ? arguments[Values.Count - 1].Span : caller.Span.After();
            throw WrongNumber(span, Values.Count, function.ParameterCount);
        }
    }

    private ScriptRuntimeException WrongNumber(SourceSpan span, int given, int expected)
        => new(span, $"Invalid number of arguments `{given}` passed to `{caller}` while expecting `{expected}` arguments");

    private void AddNamed(ScriptNamedArgument named)
    {
        var index = IndexOf(function, named.Name);
        if (index < 0 && function.VarParamKind != ScriptVarParamKind.None)
        {
            if (!Values.CanWrite(named.Name))
            {
                throw new ScriptRuntimeException(named.Span, $"Cannot pass argument {named.Name} to function. This name is not supported by this function.");
            }

            Values.TrySetValue(context, caller.Span, named.Name, named.Evaluate(context), false);
            return;
        }

        Set(index < 0 ? Values.Count : index, named.Evaluate(context), named.Span);
    }

    private void Set(int index, object? value, SourceSpan span)
    {
        value = context.ToObject(span, value, function.GetParameterInfo(index).ParameterType);
        FillUpTo(index);
        var last = function.ParameterCount - 1;
        if (index <= last && index < 64)
        {
            _given |= 1UL << index;
        }

        if (function.VarParamKind != ScriptVarParamKind.LastParameter || index < last)
        {
            Values[index] = value;
            return;
        }

        if (Values.Count <= last || Values[last] is not ScriptArray gathered)
        {
            gathered = [];
            Values[last] = gathered;
        }

        gathered.Add(value);
    }

    private void FillUpTo(int end)
    {
        for (var i = Values.Count; i < Math.Min(end, function.ParameterCount); i++)
        {
            var parameter = function.GetParameterInfo(i);
            var gathers = function.VarParamKind == ScriptVarParamKind.LastParameter && i == function.ParameterCount - 1;
            Values[i] = parameter.HasDefaultValue ? parameter.DefaultValue : gathers ? new ScriptArray() : null;
            if (parameter.HasDefaultValue && i < 64)
            {
                _given |= 1UL << i;
            }
        }
    }
}
