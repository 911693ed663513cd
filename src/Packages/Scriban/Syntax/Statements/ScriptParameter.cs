namespace Scriban.Syntax;

/// <summary>One parameter of a function: <c>name</c>, <c>name = default</c> or <c>name...</c>, which gathers the rest.</summary>
internal sealed record ScriptParameter(string Name, bool IsOptional, object? DefaultValue, bool IsGathering);
