namespace Pipelines.Stages.Contracts;

/// <summary>
/// Marks a text parameter that names an environment variable with a secret: the stage gets its value as <see cref="StageContext.Secret"/>,
/// the fingerprint only learns whether it is set, and nothing keeps it. A kind has one such parameter at most.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SecretAttribute : Attribute;
