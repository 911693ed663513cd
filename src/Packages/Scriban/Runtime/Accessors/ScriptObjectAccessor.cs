using Scriban.Parsing;

namespace Scriban.Runtime.Accessors;

internal sealed class ScriptObjectAccessor : IObjectAccessor
{
    public static readonly ScriptObjectAccessor Default = new();

    public IEnumerable<string> GetMembers(TemplateContext context, SourceSpan span, object target) => ((IScriptObject)target).GetMembers();

    public bool HasMember(TemplateContext context, SourceSpan span, object target, string member) => ((IScriptObject)target).Contains(member);

    public bool TryGetValue(TemplateContext context, SourceSpan span, object target, string member, out object? value)
        => ((IScriptObject)target).TryGetValue(context, span, member, out value);

    public bool TrySetValue(TemplateContext context, SourceSpan span, object target, string member, object? value)
        => ((IScriptObject)target).TrySetValue(context, span, member, value, false);
}
