namespace Pipelines.Stages.Contracts;

/// <summary>
/// Marks a record among parameters whose members stand beside the others in a pipeline file, as if they had been written there: what
/// several kinds have in common is one record of the code.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class InlinedAttribute : Attribute;
