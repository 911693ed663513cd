using System.Collections;
using Scriban.Parsing;

namespace Scriban.Runtime.Accessors;

/// <summary>Texts, arrays and lists: their one member is <c>size</c>.</summary>
internal sealed class SequenceAccessor : IObjectAccessor
{
    public static readonly SequenceAccessor Default = new();

    public IEnumerable<string> GetMembers(TemplateContext context, SourceSpan span, object target) => ["size"];

    public bool HasMember(TemplateContext context, SourceSpan span, object target, string member) => member == "size";

    public bool TryGetValue(TemplateContext context, SourceSpan span, object target, string member, out object? value)
    {
        value = member == "size" ? LengthOf(target) : null;
        return member == "size";
    }

    public bool TrySetValue(TemplateContext context, SourceSpan span, object target, string member, object? value) => false;

    private static int LengthOf(object target) => target is string text ? text.Length : ((IList)target).Count;
}
