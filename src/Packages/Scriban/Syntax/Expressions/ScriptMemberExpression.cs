using System.Runtime.CompilerServices;

namespace Scriban.Syntax;

/// <summary><c>target.member</c> or <c>target?.member</c>.</summary>
internal sealed class ScriptMemberExpression(ScriptExpression target, ScriptVariable member, bool isConditional) : ScriptPathExpression
{
    public ScriptExpression Target => target;

    /// <summary>Null for a null target; a question mark holds for the rest of the chain.</summary>
    public bool IsConditional => isConditional;

    internal override (string Name, string Example) Grammar => ("member expression", "<expression>.<variable_name>");

    public override object? GetValue(TemplateContext context)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var owner = target.EvaluateTarget(context);
        if (owner is null)
        {
            if (isConditional || (context.EnableRelaxedTargetAccess && context.EnableRelaxedMemberAccess))
            {
                return null;
            }

            throw new ScriptRuntimeException(member.Span, context.EnableRelaxedMemberAccess
                ? $"Cannot get the member {this} for a null object."
                : $"Object `{target}` is null. Cannot access member: {this}");
        }

        return context.AccessorOf(owner).TryGetValue(context, member.Span, owner, member.Name, out var value) || context.EnableRelaxedMemberAccess
            ? value
            : throw new ScriptRuntimeException(member.Span, $"Cannot get member with name {member.Name}.");
    }

    public override void SetValue(TemplateContext context, object? value)
    {
        var owner = target.EvaluateTarget(context)
            ?? throw new ScriptRuntimeException(member.Span, $"Object `{target}` is null. Cannot access member: {this}");
        if (!context.AccessorOf(owner).TrySetValue(context, member.Span, owner, member.Name, value))
        {
            throw new ScriptRuntimeException(member.Span, $"Cannot set a value for the readonly member: {this}");
        }
    }
}
