using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>How one attempt to execute a stage ended.</summary>
internal abstract record ExecutionResult
{
    private ExecutionResult()
    {
    }

    /// <summary>How many attempts it took.</summary>
    public int Attempts { get; init; } = 1;

    internal sealed record Ran(ActionRecord Action) : ExecutionResult
    {
        /// <summary>How it went elsewhere; null: it was here.</summary>
        public HostedRun? Hosted { get; init; }
    }

    /// <summary>Another process committed it while this one waited for the lock, or a shared cache had it.</summary>
    internal sealed record Found(ActionRecord Action) : ExecutionResult;

    /// <summary>Inputs are missing or damaged in the store: their producers have to run again.</summary>
    internal sealed record InputsDamaged(IReadOnlyList<DamagedArtifact> Inputs) : ExecutionResult;

    /// <param name="MayPass">Whether trying again may help.</param>
    /// <param name="StillRuns">The stage did not stop at its timeout and was left behind.</param>
    internal sealed record Failed(StageOutcome.Failed Outcome, bool MayPass, bool StillRuns) : ExecutionResult;

    internal sealed record Interrupted : ExecutionResult;
}

internal sealed record DamagedArtifact(Artifact Artifact, string What);
