namespace Pipelines.Stages.Contracts;

/// <summary>Marks a parameter that cannot change the result (inference batch size, number of threads).</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class NotInFingerprintAttribute : Attribute;
