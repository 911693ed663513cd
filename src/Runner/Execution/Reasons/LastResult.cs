using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>The last result of a stage, for explanations and forecasts.</summary>
/// <param name="hash">Of its fingerprint, which is all that a stage without changes needs.</param>
/// <param name="reasons">Reads the fingerprint itself.</param>
/// <param name="times">What its latest executions took, the last one at the end; never empty.</param>
/// <param name="bytes">What its outputs take on disk; null when that was not noted.</param>
public sealed class LastResult(ContentHash hash, Func<Fingerprint> reasons, IReadOnlyList<TimeSpan> times, long? bytes)
{
    private const int MaxTimes = 9;

    private readonly Lazy<Fingerprint> _fingerprint = new(reasons);

    public LastResult(Fingerprint fingerprint, IReadOnlyList<TimeSpan> times, long? bytes)
        : this(fingerprint.Hash, () => fingerprint, times, bytes)
    {
    }

    public ContentHash Hash => hash;

    public Fingerprint Fingerprint => _fingerprint.Value;

    public IReadOnlyList<TimeSpan> Times => times;

    public long? Bytes => bytes;

    /// <summary>The middle one of its times: one execution on a busy machine says little.</summary>
    public StageCost Cost => new(times.Order().ElementAt((times.Count - 1) / 2), bytes);

    /// <summary>After one more execution.</summary>
    public LastResult Executed(Fingerprint fingerprint, TimeSpan took, long? size) =>
        new(fingerprint, [.. times.TakeLast(MaxTimes - 1), took], size);
}

/// <summary>What executing a stage can be expected to cost.</summary>
public sealed record StageCost(TimeSpan Took, long? Bytes);
