using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary><c>{ name: value }</c>; a value sees the members before it as variables.</summary>
internal sealed class ScriptObjectInitializerExpression : ScriptExpression
{
    public List<(string Name, ScriptExpression Value)> Members { get; } = [];

    internal override (string Name, string Example) Grammar => ("object initializer expression", "{ member1: <expression>, member2: ... }");

    public override object? Evaluate(TemplateContext context)
    {
        var members = new ScriptObject();
        context.PushGlobalOnly(members);
        try
        {
            foreach (var (name, value) in Members)
            {
                members.SetValue(name, value.Evaluate(context), false);
            }
        }
        finally
        {
            context.PopGlobalOnly();
        }

        return members;
    }
}
