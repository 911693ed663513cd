namespace Pipelines.Stages.Contracts;

/// <summary>
/// Marks a parameter that says which artifacts of an input are repetitions of one experiment: one number each, equal for those that differ
/// by their seed or fold only. Where it is left out, it is taken from the axes <c>seed</c> and <c>fold</c>, and is null without these.
/// </summary>
/// <param name="port">The input, which takes many, as spelt in a pipeline file.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class RepetitionsOfAttribute(string port) : Attribute
{
    public string Port { get; } = port;
}
