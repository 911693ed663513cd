using System.Collections;
using Scriban.Parsing;

namespace Scriban.Runtime.Accessors;

/// <summary>Dictionaries without generic type; <see cref="TryCreate"/> gives the accessor that fits a dictionary.</summary>
internal sealed class DictionaryAccessor : IObjectAccessor
{
    private static readonly DictionaryAccessor s_untyped = new();

    public Type? IndexType => typeof(object);

    public static IObjectAccessor? TryCreate(object target)
    {
        var generic = target.GetType().GetInterfaces().FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>));
        if (generic is null)
        {
            return target is IDictionary ? s_untyped : null;
        }

        return (IObjectAccessor?)Activator.CreateInstance(typeof(DictionaryAccessor<,>).MakeGenericType(generic.GetGenericArguments()));
    }

    public IEnumerable<string> GetMembers(TemplateContext context, SourceSpan span, object target)
        => ((IDictionary)target).Keys.Cast<object?>().Select(key => context.ObjectToString(key) ?? string.Empty);

    public bool HasMember(TemplateContext context, SourceSpan span, object target, string member) => ((IDictionary)target).Contains(member);

    public bool TryGetValue(TemplateContext context, SourceSpan span, object target, string member, out object? value)
        => TryGetItem(context, target, member, out value);

    public bool TrySetValue(TemplateContext context, SourceSpan span, object target, string member, object? value)
        => TrySetItem(context, span, target, member, value);

    public bool TryGetItem(TemplateContext context, object target, object index, out object? value)
    {
        var found = ((IDictionary)target).Contains(index);
        value = found ? ((IDictionary)target)[index] : null;
        return found;
    }

    public bool TrySetItem(TemplateContext context, SourceSpan span, object target, object index, object? value)
    {
        ((IDictionary)target)[index] = value;
        return true;
    }
}

/// <summary>Dictionaries of known key and value types.</summary>
internal sealed class DictionaryAccessor<TKey, TValue> : IObjectAccessor
    where TKey : notnull
{
    public Type? IndexType => typeof(TKey);

    public IEnumerable<string> GetMembers(TemplateContext context, SourceSpan span, object target)
        => ((IDictionary<TKey, TValue>)target).Keys.Select(key => context.ObjectToString(key) ?? string.Empty);

    public bool HasMember(TemplateContext context, SourceSpan span, object target, string member)
        => ((IDictionary<TKey, TValue>)target).ContainsKey(ToKey(context, member));

    public bool TryGetValue(TemplateContext context, SourceSpan span, object target, string member, out object? value)
        => TryGetItem(context, target, ToKey(context, member), out value);

    public bool TrySetValue(TemplateContext context, SourceSpan span, object target, string member, object? value)
        => TrySetItem(context, span, target, ToKey(context, member), value);

    public bool TryGetItem(TemplateContext context, object target, object index, out object? value)
    {
        var found = ((IDictionary<TKey, TValue>)target).TryGetValue((TKey)index, out var typed);
        value = typed;
        return found;
    }

    public bool TrySetItem(TemplateContext context, SourceSpan span, object target, object index, object? value)
    {
        ((IDictionary<TKey, TValue>)target)[(TKey)index] = context.ToObject<TValue>(span, value)!;
        return true;
    }

    private static TKey ToKey(TemplateContext context, string member) => context.ToObject<TKey>(default, member)!;
}
