using Scriban.Runtime;
using Scriban.Syntax;

namespace Scriban;

public partial class TemplateContext
{
    private readonly List<VariableScope> _globals = [];
    private readonly List<VariableScope> _functions = [];
    private readonly List<VariableScope> _locals = [];

    public int GlobalCount => _globals.Count;

    public IScriptObject? CurrentGlobal => _globals[^1].Values;

    public void PushGlobal(IScriptObject scriptObject)
    {
        PushGlobalOnly(scriptObject);
        PushLocal();
    }

    public IScriptObject PopGlobal()
    {
        var popped = PopGlobalOnly();
        PopLocal();
        return popped;
    }

    public void PushLocal() => _locals.Add(new VariableScope(new ScriptObject()));

    public void PopLocal() => _locals.RemoveAt(_locals.Count - 1);

    internal void PushGlobalOnly(IScriptObject scriptObject)
    {
        ArgumentNullException.ThrowIfNull(scriptObject);
        _globals.Add(new VariableScope(scriptObject));
    }

    internal IScriptObject PopGlobalOnly()
    {
        if (_globals.Count == 1)
        {
            throw new InvalidOperationException("Unexpected PopGlobal() not matching a PushGlobal");
        }

        var popped = _globals[^1].Values!;
        _globals.RemoveAt(_globals.Count - 1);
        return popped;
    }

    internal void PushFunction(ScriptObject? parameters, bool hidesCallers)
    {
        _functions.Add(new VariableScope(parameters, hidesCallers));
        PushLocal();
    }

    internal void PopFunction()
    {
        _functions.RemoveAt(_functions.Count - 1);
        PopLocal();
    }

    internal object? GetValue(ScriptVariable variable)
    {
        object? value;
        if (variable.IsLocal)
        {
            if (_locals[^1].TryGetValue(this, variable, out value))
            {
                return value;
            }
        }
        else if (TryGetGlobal(variable, out value))
        {
            return value;
        }

        return StrictVariables
            ? throw new ScriptRuntimeException(variable.Span, $"The variable or function `{variable}` was not found")
            : null;
    }

    internal void SetValue(ScriptVariable variable, object? value, bool readOnly = false)
    {
        var store = StoreForWrite(variable);
        if (!store.TrySetValue(this, variable.Span, variable.Name, value, readOnly))
        {
            throw new ScriptRuntimeException(variable.Span, $"Cannot set value on the readonly variable `{variable}`");
        }
    }

    internal void SetReadOnly(ScriptVariable variable) => StoreForWrite(variable).SetReadOnly(variable.Name, true);

    /// <summary>Sets a variable that lives as long as the innermost loop.</summary>
    internal void SetLoopVariable(ScriptVariable variable, object? value)
    {
        var scope = variable.IsLocal ? _locals[^1] : ScopeOfLoops();
        scope.InnermostLoop!.SetValue(variable.Name, value, false);
    }

    private void PushLoopVariables()
    {
        ScopeOfLoops().PushLoop();
        _locals[^1].PushLoop();
    }

    private void PopLoopVariables()
    {
        ScopeOfLoops().PopLoop();
        _locals[^1].PopLoop();
    }

    internal bool TryGetGlobal(ScriptVariable variable, out object? value)
    {
        for (var i = _functions.Count - 1; i >= 0; i--)
        {
            if (_functions[i].TryGetValue(this, variable, out value))
            {
                return true;
            }

            if (_functions[i].HidesCallers)
            {
                break;
            }
        }

        for (var i = _globals.Count - 1; i >= 0; i--)
        {
            if (_globals[i].TryGetValue(this, variable, out value))
            {
                return true;
            }
        }

        value = null;
        return false;
    }

    private VariableScope ScopeOfLoops() => InnermostFunctionWithParameters(null) ?? _globals[^1];

    private VariableScope? InnermostFunctionWithParameters(string? holding)
    {
        for (var i = _functions.Count - 1; i >= 0; i--)
        {
            if (_functions[i].Values is { } values && (holding is null || values.Contains(holding)))
            {
                return _functions[i];
            }

            if (_functions[i].HidesCallers)
            {
                break;
            }
        }

        return null;
    }

    // A name that is a parameter of a running function is written there; one that exists globally, or outside of functions, goes to the top
    // global object; a new name inside a function with parameters stays inside.
    private IScriptObject StoreForWrite(ScriptVariable variable)
    {
        if (variable.IsLocal)
        {
            return _locals[^1].Values!;
        }

        var store = InnermostFunctionWithParameters(variable.Name)?.Values;
        store ??= _globals.Exists(scope => scope.Values!.Contains(variable.Name)) ? CurrentGlobal : InnermostFunctionWithParameters(null)?.Values;
        store ??= CurrentGlobal!;
        if (!store.CanWrite(variable.Name))
        {
            var kind = store == BuiltinObject ? "builtin " : string.Empty;
            throw new ScriptRuntimeException(variable.Span, $"Cannot set the {kind}readonly variable `{variable}`");
        }

        return store;
    }
}
