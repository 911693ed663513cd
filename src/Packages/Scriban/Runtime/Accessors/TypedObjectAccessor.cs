using System.Reflection;
using Scriban.Parsing;

namespace Scriban.Runtime.Accessors;

/// <summary>Public fields and properties of a .NET type, found once and renamed.</summary>
internal sealed class TypedObjectAccessor : IObjectAccessor
{
    private readonly Dictionary<string, MemberInfo> _members;
    private PropertyInfo? _indexer;

    public TypedObjectAccessor(Type type, IEqualityComparer<string>? keyComparer, MemberFilterDelegate? filter, MemberRenamerDelegate renamer)
    {
        _members = new Dictionary<string, MemberInfo>(keyComparer);
        for (Type? current = type; current is not null && current != typeof(object); current = current.BaseType)
        {
            const BindingFlags own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly;
            foreach (var member in current.GetFields(own).Concat<MemberInfo>(current.GetProperties(own)))
            {
                if (member.GetCustomAttribute<ScriptMemberIgnoreAttribute>() is null && filter?.Invoke(member) != false)
                {
                    AddMember(member, renamer);
                }
            }
        }
    }

    public Type? IndexType => _indexer?.GetIndexParameters()[0].ParameterType;

    public IEnumerable<string> GetMembers(TemplateContext context, SourceSpan span, object target) => _members.Keys;

    public bool HasMember(TemplateContext context, SourceSpan span, object target, string member) => _members.ContainsKey(member);

    public bool TryGetValue(TemplateContext context, SourceSpan span, object target, string member, out object? value)
    {
        if (!_members.TryGetValue(member, out var info))
        {
            value = null;
            return false;
        }

        value = info is PropertyInfo property ? property.GetValue(target, BindingFlags.DoNotWrapExceptions, null, null, null) : ((FieldInfo)info).GetValue(target);
        return true;
    }

    public bool TrySetValue(TemplateContext context, SourceSpan span, object target, string member, object? value)
    {
        _members.TryGetValue(member, out var info);
        switch (info)
        {
            case FieldInfo { IsInitOnly: false } field:
                field.SetValue(target, context.ToObject(span, value, field.FieldType));
                return true;
            case PropertyInfo property when IsWritable(property):
                property.SetValue(target, context.ToObject(span, value, property.PropertyType));
                return true;
            default:
                return false;
        }
    }

    public bool TryGetItem(TemplateContext context, object target, object index, out object? value)
    {
        value = _indexer?.GetValue(target, BindingFlags.DoNotWrapExceptions, null, [index], null);
        return _indexer is not null;
    }

    public bool TrySetItem(TemplateContext context, SourceSpan span, object target, object index, object? value)
    {
        if (_indexer is null || !IsWritable(_indexer))
        {
            return false;
        }

        _indexer.SetValue(target, value, [index]);
        return true;
    }

    private static bool IsWritable(PropertyInfo property)
        => property.GetSetMethod() is { } setter
            && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));

    private void AddMember(MemberInfo member, MemberRenamerDelegate renamer)
    {
        if (member is PropertyInfo property)
        {
            if (property.GetMethod is not { IsPublic: true })
            {
                return;
            }

            if (property.GetIndexParameters().Length > 0)
            {
                _indexer = property;
                return;
            }
        }

        var name = renamer(member);
        _members.TryAdd(string.IsNullOrEmpty(name) ? member.Name : name, member);
    }
}
