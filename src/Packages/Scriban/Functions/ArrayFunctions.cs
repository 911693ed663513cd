using System.Collections;
using System.Text;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Scriban.Functions;

/// <summary><c>array.…</c>; every element walked counts against the loop limit.</summary>
public class ArrayFunctions : ScriptObject
{
    public static IEnumerable Add(TemplateContext context, SourceSpan span, IEnumerable? list, object? value)
        => new ScriptArray(Walk(context, span, list).Append(value));

    public static IEnumerable? AddRange(TemplateContext context, SourceSpan span, IEnumerable? list1, IEnumerable? list2)
        => Concat(context, span, list1, list2);

    public static bool Any(TemplateContext context, SourceSpan span, IEnumerable? list, object? function, params object?[] args)
        => function is IScriptCustomFunction predicate
            && Walk(context, span, list).Any(item => FunctionCalls.Call(context, context.CurrentNode!, predicate, [item, .. args]) is true);

    public static IEnumerable? Compact(TemplateContext context, SourceSpan span, IEnumerable? list)
        => list is null ? null : new ScriptRange(Walk(context, span, list).Where(item => item is not null));

    public static IEnumerable? Concat(TemplateContext context, SourceSpan span, IEnumerable? list1, IEnumerable? list2)
        => list1 is null && list2 is null ? null : new ScriptRange(Walk(context, span, list1).Concat(Walk(context, span, list2)));

    public static bool Contains(TemplateContext context, SourceSpan span, IEnumerable? list, object? item)
        => Walk(context, span, list).Any(element => Equals(element, item) || (element is Enum value && IsEnumValue(value, item)));

    /// <summary>The next element on each call with the same list, or with the same group.</summary>
    public static object? Cycle(TemplateContext context, SourceSpan span, IList? list, object? group = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (list is null or { Count: 0 })
        {
            return null;
        }

        var key = ("cycle", group is null ? Join(context, span, list, ",") : context.ObjectToString(group));
        var index = context.Tags.TryGetValue(key, out var last) ? (int)last % list.Count : 0;
        context.Tags[key] = index + 1;
        return list[index];
    }

    public static IEnumerable? Each(TemplateContext context, SourceSpan span, IEnumerable? list, object? function)
        => Apply(context, span, list, function, (item, call) => [call(item)]);

    public static IEnumerable? Filter(TemplateContext context, SourceSpan span, IEnumerable? list, object? function)
        => Apply(context, span, list, function, (item, call) => context.ToBool(span, call(item)) ? [item] : []);

    public static object? First(IEnumerable? list) => list?.Cast<object?>().FirstOrDefault();

    public static IEnumerable InsertAt(TemplateContext context, SourceSpan span, IEnumerable? list, int index, object? value)
    {
        using var loop = context.EnterLoopScope();
        var array = new ScriptArray(Walk(context, span, list));
        context.StepLoop(span, Math.Max(0, index - array.Count));
        array.Insert(index, value);
        return array;
    }

    public static string Join(TemplateContext context, SourceSpan span, IEnumerable? list, string? delimiter, object? function = null)
    {
        var transform = function as IScriptCustomFunction;
        if (function is not null && transform is null)
        {
            throw new ArgumentException($"The parameter `{function}` is not a function. Maybe prefix it with @?", nameof(function));
        }

        var text = new StringBuilder();
        var isFirst = true;
        foreach (var item in Walk(context, span, list))
        {
            text.Append(isFirst ? null : delimiter);
            isFirst = false;
            var printed = context.ObjectToString(item);
            text.Append(transform is null ? printed : context.ObjectToString(FunctionCalls.Call(context, context.CurrentNode!, transform, printed)));
            if (context.LimitToString > 0 && text.Length > context.LimitToString)
            {
                throw new ScriptRuntimeException(span, $"Joined string exceeds LimitToString `{context.LimitToString}`.");
            }
        }

        return text.ToString();
    }

    public static object? Last(TemplateContext context, SourceSpan span, IEnumerable? list)
        => list is IList known ? known.Count > 0 ? known[^1] : null : Walk(context, span, list).LastOrDefault();

    public static IEnumerable? Limit(TemplateContext context, SourceSpan span, IEnumerable? list, int count)
        => list is null ? null : new ScriptRange(Walk(context, span, list).Take(count));

    /// <summary>One member of each element that has it.</summary>
    public static IEnumerable Map(TemplateContext context, SourceSpan span, object? list, string? member)
    {
        var items = list is IEnumerable sequence ? Walk(context, span, sequence) : [list];
        return new ScriptRange(member is null || list is null ? [] : items.SelectMany(item => MemberOf(context, span, item, member)));
    }

    public static IEnumerable? Offset(TemplateContext context, SourceSpan span, IEnumerable? list, int index)
        => list is null ? null : new ScriptRange(Walk(context, span, list).Skip(index));

    public static IList RemoveAt(TemplateContext context, SourceSpan span, IList? list, int index)
    {
        var array = new ScriptArray(Walk(context, span, list));
        array.RemoveAt(index < 0 ? array.Count + index : index);
        return array;
    }

    public static IEnumerable Reverse(TemplateContext context, SourceSpan span, IEnumerable? list)
        => list is null ? new ScriptArray() : new ScriptRange(Walk(context, span, list).Reverse());

    public static int Size(TemplateContext context, SourceSpan span, IEnumerable? list)
        => list is ICollection collection ? collection.Count : Walk(context, span, list).Count();

    /// <summary>Sorted by the elements, or by a member of theirs (a path with dots reaches further in).</summary>
    public static IEnumerable Sort(TemplateContext context, SourceSpan span, object? list, string? member = null)
    {
        if (list is not IEnumerable sequence)
        {
            return list is null ? new ScriptArray() : new ScriptArray(1) { list };
        }

        var items = Walk(context, span, sequence).ToList();
        return new ScriptArray(items.OrderBy(item => string.IsNullOrEmpty(member) ? item : SortKey(context, span, item, member), Comparer<object?>.Default));
    }

    public static IEnumerable? Uniq(TemplateContext context, SourceSpan span, IEnumerable? list)
        => list is null ? null : new ScriptRange(Walk(context, span, list).Distinct());

    /// <summary>The elements, each one counted against the loop limit.</summary>
    internal static IEnumerable<object?> Walk(TemplateContext context, SourceSpan span, IEnumerable? list)
    {
        if (list is null)
        {
            yield break;
        }

        using var loop = context.EnterLoopScope();
        foreach (var item in list)
        {
            context.StepLoop(span);
            yield return item;
        }
    }

    private static ScriptRange? Apply(
        TemplateContext context, SourceSpan span, IEnumerable? list, object? function, Func<object?, Func<object?, object?>, IEnumerable<object?>> select)
    {
        if (list is null)
        {
            return null;
        }

        if (function is not IScriptCustomFunction call)
        {
            return function is null
                ? new ScriptRange(list)
                : throw new ArgumentException($"The parameter `{function}` is not a function. Maybe prefix it with @?", nameof(function));
        }

        var caller = context.CurrentNode!;
        var type = call.GetParameterInfo(0).ParameterType;
        return new ScriptRange(Walk(context, span, list)
            .Select(item => context.ToObject(span, item, type))
            .SelectMany(item => select(item, value => FunctionCalls.Call(context, caller, call, value))));
    }

    private static IEnumerable<object?> MemberOf(TemplateContext context, SourceSpan span, object? item, string member)
    {
        if (item is not null && context.AccessorOf(item) is var accessor && accessor.HasMember(context, span, item, member))
        {
            accessor.TryGetValue(context, span, item, member, out var value);
            yield return value;
        }
    }

    private static object? SortKey(TemplateContext context, SourceSpan span, object? item, string member)
    {
        if (item is null)
        {
            return null;
        }

        var accessor = context.AccessorOf(item);
        if (accessor.TryGetValue(context, span, item, member, out var value))
        {
            return value;
        }

        var dot = member.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && accessor.TryGetValue(context, span, item, member[..dot], out var inner) ? SortKey(context, span, inner, member[(dot + 1)..]) : null;
    }

    private static bool IsEnumValue(Enum element, object? item) => item switch
    {
        string name => Enum.TryParse(element.GetType(), name, out var named) && element.Equals(named),
        int number => element.Equals(Enum.ToObject(element.GetType(), number)),
        _ => false,
    };
}
