namespace Pipelines.Stages.Contracts;

/// <summary>
/// On a <see cref="Model"/> output: what it gives predicts no labels, e.g. an encoder without a head. Whoever looks for the model of a
/// pipeline passes it over.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class NoLabelsAttribute : Attribute;
