using Scriban.Parsing;
using Scriban.Syntax;

namespace Scriban.Runtime.Accessors;

/// <summary>Numbers and booleans: reading a member gives null where access is relaxed, and fails elsewhere.</summary>
internal sealed class PrimitiveAccessor : IObjectAccessor
{
    public static readonly PrimitiveAccessor Default = new();

    public IEnumerable<string> GetMembers(TemplateContext context, SourceSpan span, object target) => [];

    public bool HasMember(TemplateContext context, SourceSpan span, object target, string member) => false;

    public bool TryGetValue(TemplateContext context, SourceSpan span, object target, string member, out object? value)
    {
        value = null;
        return context.EnableRelaxedMemberAccess ? true : throw NoMember(context, span, target, member);
    }

    public bool TrySetValue(TemplateContext context, SourceSpan span, object target, string member, object? value)
        => throw NoMember(context, span, target, member);

    private static ScriptRuntimeException NoMember(TemplateContext context, SourceSpan span, object target, string member)
        => new(span, $"Cannot get or set a member on the primitive `{context.ObjectToString(target)}/{context.GetTypeName(target)}` when accessing member: {member}");
}
