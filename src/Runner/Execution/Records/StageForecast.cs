using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>What a run would do with a stage.</summary>
public abstract record StageForecast
{
    private StageForecast()
    {
    }

    /// <param name="Took">What it took when it ran.</param>
    public sealed record Reused(ContentHash Fingerprint, TimeSpan Took) : StageForecast
    {
        /// <summary>With the columns that passed the stage by.</summary>
        public required ArtifactSet Outputs { get; init; }
    }

    /// <summary>It has the same fingerprint as an earlier stage that will run, and takes its result.</summary>
    public sealed record Shared(ContentHash Fingerprint, string With) : StageForecast;

    /// <param name="Expected">By its earlier executions; null when it never ran.</param>
    public sealed record WillRun(ContentHash Fingerprint, IReadOnlyList<string> Why, StageCost? Expected) : StageForecast;

    /// <summary>It runs unless what runs before it gives the same content again.</summary>
    /// <param name="Why">What else changed since it last ran; if anything did, it will hardly be kept.</param>
    public sealed record DependsOnUpstream(IReadOnlyList<string> On, IReadOnlyList<string> Why, StageCost? Expected) : StageForecast;

    /// <summary>A light run leaves it as it last was.</summary>
    /// <param name="BecauseOf">The heavy stage: itself, or one before it.</param>
    /// <param name="Unless">What may make it up to date by giving the same content again; none: it is certain.</param>
    public sealed record Stale(string BecauseOf, IReadOnlyList<string> Why, IReadOnlyList<string> Unless) : StageForecast;

    public sealed record WillFail(string Message, string? Help) : StageForecast;
}

public sealed record StagePreview(string Id, string Kind, StageForecast Forecast);
