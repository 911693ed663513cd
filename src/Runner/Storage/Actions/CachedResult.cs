using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>One result in the store, for people.</summary>
/// <param name="Run">That made it.</param>
/// <param name="Bytes">Of its objects; objects that results share count for each.</param>
public sealed record CachedResult(
    ContentHash Fingerprint, string Kind, string Run, DateTimeOffset Made, TimeSpan Took, string? Note, long Bytes, IReadOnlyList<ContentHash> Objects);
