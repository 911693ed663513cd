namespace Pipelines.Stages.Contracts;

/// <summary>A stage cannot go on for a reason the user can mend (a bad row, a label never seen): shown without a stack trace.</summary>
/// <param name="message">A statement: what was found where, and what was expected.</param>
public sealed class StageException(string message) : Exception(message)
{
    /// <summary>What to do about it.</summary>
    public string? Help { get; init; }

    /// <summary>The parameter to point at in the pipeline file, e.g. <c>label</c> or <c>layers.2.units</c>.</summary>
    public string? Parameter { get; init; }

    /// <summary>Lines that say more, e.g. the last ones another program wrote.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>The same may go well a moment later (another program, a network): <c>retries</c> try it again.</summary>
    public bool MayPass { get; init; }
}
