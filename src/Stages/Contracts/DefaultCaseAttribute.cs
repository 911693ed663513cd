namespace Pipelines.Stages.Contracts;

/// <summary>The case of a union that holds where the parameter is not written; all its members have defaults.</summary>
/// <param name="name">As spelt in a pipeline file.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DefaultCaseAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
