namespace Pipelines.Runner.Planning;

/// <summary>How a stage is run: it changes nothing in what the stage gives, so it is no part of the fingerprint.</summary>
/// <param name="Retries">How often it is tried again after a failure that may pass.</param>
/// <param name="Timeout">How long one attempt may take; null: as long as it needs.</param>
/// <param name="IsHeavy">Whether it costs so much that a light run does without it.</param>
public sealed record StagePolicy(int Retries = 0, TimeSpan? Timeout = null, bool IsHeavy = false)
{
    public static StagePolicy Default { get; } = new();
}
