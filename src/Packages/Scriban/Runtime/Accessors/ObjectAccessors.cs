using System.Collections;

namespace Scriban.Runtime.Accessors;

/// <summary>The accessors of one context, one for each type seen.</summary>
internal sealed class ObjectAccessors(TemplateContext context, IEqualityComparer<string>? keyComparer)
{
    private readonly Dictionary<Type, IObjectAccessor> _accessors = [];

    public IObjectAccessor For(object target)
    {
        var type = target.GetType();
        if (!_accessors.TryGetValue(type, out var accessor))
        {
            accessor = Create(target, type);
            _accessors.Add(type, accessor);
        }

        return accessor;
    }

    public void Clear() => _accessors.Clear();

    private IObjectAccessor Create(object target, Type type) => target switch
    {
        IScriptObject => ScriptObjectAccessor.Default,
        string => SequenceAccessor.Default,
        _ when TypeNames.IsPrimitive(type) => PrimitiveAccessor.Default,
        _ when DictionaryAccessor.TryCreate(target) is { } dictionary => dictionary,
        IList => SequenceAccessor.Default,
        _ => new TypedObjectAccessor(type, keyComparer, context.MemberFilter, context.MemberRenamer),
    };
}
