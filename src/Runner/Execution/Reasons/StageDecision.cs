namespace Pipelines.Runner.Execution;

/// <summary>What is to be done with a stage whose inputs are known.</summary>
internal abstract record StageDecision
{
    private StageDecision()
    {
    }

    internal sealed record Fail(StageOutcome.Failed Failure) : StageDecision;

    /// <summary>Equal fingerprints in one run execute once.</summary>
    internal sealed record Follow(StageNode Maker) : StageDecision;

    internal sealed record Reuse(ActionRecord Action) : StageDecision;

    /// <summary>A light run leaves it as it last was.</summary>
    internal sealed record Leave(IReadOnlyList<string> Why) : StageDecision;

    internal sealed record Run(IReadOnlyList<string> Why) : StageDecision;
}
