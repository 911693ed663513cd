namespace Pipelines.Stages.Contracts;

/// <summary>Names the kind a class implements: <c>tokenize/words</c> is the class <c>TokenizeWords</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StageAttribute(string kind) : Attribute
{
    public string Kind { get; } = kind;

    /// <summary>Raise it when the same inputs would now give other outputs; it is part of the fingerprint.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What beside its inputs and parameters can change the result.</summary>
    public Uses Uses { get; init; }
}

/// <summary>What beside its inputs and parameters can change a stage's result, and so belongs to its fingerprint.</summary>
[Flags]
public enum Uses
{
    Nothing = 0,

    /// <summary>Draws random numbers from <see cref="StageContext.Seed"/>.</summary>
    Seed = 1,

    /// <summary>Computes with torch: engine and device kind count, and only one such stage runs at a time.</summary>
    Torch = 2,
}
