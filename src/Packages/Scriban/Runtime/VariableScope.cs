namespace Scriban.Runtime;

/// <summary>Named values, and on top of them the variables of the loops running there.</summary>
internal sealed class VariableScope(IScriptObject? values, bool hidesCallers = false)
{
    private readonly List<ScriptObject> _loops = [];
    private int _depth;

    public IScriptObject? Values => values;

    /// <summary>A named function does not see the variables of its caller's function.</summary>
    public bool HidesCallers => hidesCallers;

    public ScriptObject? InnermostLoop => _depth == 0 ? null : _loops[_depth - 1];

    public bool TryGetValue(TemplateContext context, Syntax.ScriptVariable variable, out object? value)
    {
        for (var i = _depth - 1; i >= 0; i--)
        {
            if (_loops[i].TryGetValue(context, variable.Span, variable.Name, out value))
            {
                return true;
            }
        }

        value = null;
        return values is not null && values.TryGetValue(context, variable.Span, variable.Name, out value);
    }

    public void PushLoop()
    {
        if (_depth == _loops.Count)
        {
            _loops.Add([]);
        }

        _depth++;
    }

    public void PopLoop() => _loops[--_depth].Clear();
}
