using System.Collections;
using System.Runtime.CompilerServices;
using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary><c>target[index]</c>; a negative index counts from the end.</summary>
internal sealed class ScriptIndexerExpression(ScriptExpression target, ScriptExpression index) : ScriptPathExpression
{
    internal override (string Name, string Example) Grammar => ("indexer expression", "<expression>[<index_expression>]");

    public override object? GetValue(TemplateContext context)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var owner = target.EvaluateTarget(context);
        if (owner is null)
        {
            return context.EnableRelaxedTargetAccess || IsConditional(target) ? null : throw NullTarget();
        }

        if (EvaluateIndex(context) is not { } key)
        {
            return null;
        }

        if (IsSequence(owner, key))
        {
            var position = Position(context, owner, key);
            return position < 0 ? null : ElementAt(owner, position);
        }

        TypeNames.RefuseToIndexPrimitive(context, target.Span, owner);
        var accessor = context.AccessorOf(owner);
        var found = accessor.IndexType is { } type
            ? accessor.TryGetItem(context, owner, context.ToObject(index.Span, key, type)!, out var value)
            : accessor.TryGetValue(context, index.Span, owner, context.ObjectToString(key) ?? string.Empty, out value);
        return found || context.EnableRelaxedMemberAccess
            ? value
            : throw new ScriptRuntimeException(index.Span, $"Cannot access target `{target}` with an indexer: {index}");
    }

    public override void SetValue(TemplateContext context, object? value)
    {
        var owner = target.EvaluateTarget(context) ?? throw NullTarget();
        if (EvaluateIndex(context) is not { } key)
        {
            return;
        }

        if (IsSequence(owner, key))
        {
            SetElement(context, owner, Position(context, owner, key), value);
            return;
        }

        TypeNames.RefuseToIndexPrimitive(context, target.Span, owner);
        var accessor = context.AccessorOf(owner);
        var done = accessor.IndexType is { } type
            ? accessor.TrySetItem(context, index.Span, owner, context.ToObject(index.Span, key, type)!, value)
            : accessor.TrySetValue(context, index.Span, owner, context.ObjectToString(key) ?? string.Empty, value);
        if (!done)
        {
            throw new ScriptRuntimeException(index.Span, $"Cannot set a value for the readonly member `{key}` in the indexer: {target}['{key}']");
        }
    }

    private ScriptRuntimeException NullTarget() => new(target.Span, $"Object `{target}` is null. Cannot access indexer: {this}");

    private object? EvaluateIndex(TemplateContext context)
    {
        var key = index.Evaluate(context);
        return key is not null || context.EnableNullIndexer
            ? key
            : throw new ScriptRuntimeException(index.Span, $"Cannot access target `{target}` with a null indexer: {this}");
    }

    private static bool IsSequence(object owner, object key)
        => owner is string || (owner is IList and not IDictionary && !(owner is IScriptObject && key is string));

    private static bool IsConditional(ScriptExpression expression) => expression switch
    {
        ScriptMemberExpression member => member.IsConditional || IsConditional(member.Target),
        ScriptIndexerExpression indexer => IsConditional(indexer.Target),
        ScriptNestedExpression nested => IsConditional(nested.Expression),
        _ => false,
    };

    private ScriptExpression Target => target;

    private int Position(TemplateContext context, object owner, object key)
    {
        var position = context.ToInt(index.Span, key);
        var length = owner is string text ? text.Length : ((IList)owner).Count;
        position = position < 0 ? position + length : position;
        return context.EnableRelaxedIndexerAccess || (position >= 0 && position < length)
            ? position
            : throw new ScriptRuntimeException(index.Span, $"The index {position} is out of bounds [0, {length}] on the `{target}` with the indexer: {index}");
    }

    // Plain arrays and texts throw behind their end, lists give null.
    private static object? ElementAt(object owner, int position) => owner switch
    {
        string text => text[position].ToString(),
        Array array => array.GetValue(position),
        IList list => position < list.Count ? list[position] : null,
        _ => null,
    };

    private void SetElement(TemplateContext context, object owner, int position, object? value)
    {
        if (owner is string)
        {
            throw new ScriptRuntimeException(index.Span, "Cannot replace a character in a string");
        }

        if (position < 0)
        {
            return;
        }

        var list = (IList)owner;
        if (owner is not Array)
        {
            using var loop = context.EnterLoopScope();
            while (list.Count <= position)
            {
                context.StepLoop(index.Span);
                list.Add(null);
            }
        }

        list[position] = value;
    }
}
