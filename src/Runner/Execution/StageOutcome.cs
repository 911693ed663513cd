using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>How a stage of a run ended.</summary>
public abstract record StageOutcome
{
    private StageOutcome()
    {
    }

    /// <summary>It ran and its outputs are committed.</summary>
    public sealed record Ran(ContentHash Fingerprint, TimeSpan Took, ArtifactSet Outputs) : StageOutcome;

    /// <summary>The store already had its outputs.</summary>
    /// <param name="Took">What it took when it ran.</param>
    public sealed record Reused(ContentHash Fingerprint, TimeSpan Took, ArtifactSet Outputs) : StageOutcome;

    /// <summary>It did not run because <paramref name="BecauseOf"/> failed or the run was stopped (null).</summary>
    public sealed record Skipped(string? BecauseOf) : StageOutcome;

    /// <param name="Message">For the user; never a stack trace, which is in the log.</param>
    public sealed record Failed(string Message, string? Help, string LogPath) : StageOutcome;

    public sealed record Interrupted : StageOutcome;
}
