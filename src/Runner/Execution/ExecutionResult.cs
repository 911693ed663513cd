using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>How one attempt to execute a stage ended.</summary>
internal abstract record ExecutionResult
{
    private ExecutionResult()
    {
    }

    internal sealed record Ran(ActionRecord Action) : ExecutionResult;

    /// <summary>Another process committed it while this one waited for the lock.</summary>
    internal sealed record Found(ActionRecord Action) : ExecutionResult;

    /// <summary>Inputs are missing or damaged in the store: their producers have to run again.</summary>
    internal sealed record InputsDamaged(IReadOnlyList<DamagedArtifact> Inputs) : ExecutionResult;

    internal sealed record Failed(StageOutcome.Failed Outcome) : ExecutionResult;

    internal sealed record Interrupted : ExecutionResult;
}

internal sealed record DamagedArtifact(Artifact Artifact, string What);
