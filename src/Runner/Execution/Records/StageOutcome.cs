using System.Diagnostics;
using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>How a stage of a run ended.</summary>
public abstract record StageOutcome
{
    private StageOutcome()
    {
    }

    /// <summary>What there is to show of it: its results, or those of an earlier run.</summary>
    public ArtifactSet? Shown => this is Stale stale ? stale.Last?.Outputs : Results;

    /// <summary>Its artifacts by output port; none unless it ran or was reused.</summary>
    public ArtifactSet? Results => this switch
    {
        Ran ran => ran.Outputs,
        Reused reused => reused.Outputs,
        Stale or Skipped or Failed or Interrupted => null,
        _ => throw new UnreachableException(),
    };

    /// <summary>What was taken to make what there is to show; null: there is nothing.</summary>
    public Making? Made => this switch
    {
        Ran ran => new(ran.Fingerprint, ran.Took, ran.Memory),
        Reused reused => new(reused.Fingerprint, reused.Took, reused.Memory),
        Stale stale => stale.Last?.Made,
        Skipped or Failed or Interrupted => null,
        _ => throw new UnreachableException(),
    };

    /// <summary>It ran and its outputs are committed.</summary>
    public sealed record Ran(ContentHash Fingerprint, TimeSpan Took, ArtifactSet Outputs) : StageOutcome
    {
        /// <summary>Null where it was not measured.</summary>
        public MemoryUse? Memory { get; init; }
    }

    /// <summary>The store already had its outputs.</summary>
    /// <param name="Took">What it took when it ran.</param>
    public sealed record Reused(ContentHash Fingerprint, TimeSpan Took, ArtifactSet Outputs) : StageOutcome
    {
        /// <summary>When it ran; null where it was not measured.</summary>
        public MemoryUse? Memory { get; init; }

        /// <summary>Id of the run that made the outputs.</summary>
        public string? FromRun { get; init; }

        /// <summary>The shared cache it came from; null: it was made here.</summary>
        public string? Origin { get; init; }
    }

    /// <summary>It would have to run, but a light run leaves heavy stages, and what needs them, as they last were.</summary>
    /// <param name="BecauseOf">The heavy stage: itself, or one before it.</param>
    /// <param name="Last">What it last gave, as long as the store has it; for readers, never for other stages.</param>
    public sealed record Stale(string BecauseOf, Reused? Last) : StageOutcome;

    /// <summary>It did not run because <paramref name="BecauseOf"/> failed or the run was stopped (null).</summary>
    public sealed record Skipped(string? BecauseOf) : StageOutcome;

    /// <param name="Message">For the user; never a stack trace, which is in the log.</param>
    public sealed record Failed(string Message, string? Help, string LogPath) : StageOutcome
    {
        /// <summary>Where in the pipeline file to look.</summary>
        public SourceSpan? At { get; init; }

        /// <summary>Lines that say more, e.g. the last ones of a command.</summary>
        public IReadOnlyList<string> Details { get; init; } = [];
    }

    public sealed record Interrupted : StageOutcome;

    /// <param name="Took">When it ran.</param>
    /// <param name="Memory">When it ran; null where it was not measured.</param>
    public sealed record Making(ContentHash Fingerprint, TimeSpan Took, MemoryUse? Memory);
}
