namespace Scriban.Runtime;

/// <summary>Hides a member from templates.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ScriptMemberIgnoreAttribute : Attribute;
