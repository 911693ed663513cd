using Scriban.Parsing;

namespace Scriban.Runtime.Accessors;

/// <summary>Reads and writes the members of one kind of .NET object.</summary>
internal interface IObjectAccessor
{
    /// <summary>Type of the keys of the object's own indexer, or null when it has none.</summary>
    Type? IndexType => null;

    IEnumerable<string> GetMembers(TemplateContext context, SourceSpan span, object target);

    bool HasMember(TemplateContext context, SourceSpan span, object target, string member);

    bool TryGetValue(TemplateContext context, SourceSpan span, object target, string member, out object? value);

    bool TrySetValue(TemplateContext context, SourceSpan span, object target, string member, object? value);

    bool TryGetItem(TemplateContext context, object target, object index, out object? value)
    {
        value = null;
        return false;
    }

    bool TrySetItem(TemplateContext context, SourceSpan span, object target, object index, object? value) => false;
}
