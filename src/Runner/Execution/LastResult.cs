using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>What a stage last was.</summary>
/// <param name="hash">Of its fingerprint, which is all that a stage without changes needs.</param>
/// <param name="reasons">Reads the fingerprint itself.</param>
public sealed class LastResult(ContentHash hash, Func<Fingerprint> reasons, TimeSpan took)
{
    private readonly Lazy<Fingerprint> _fingerprint = new(reasons);

    public LastResult(Fingerprint fingerprint, TimeSpan took)
        : this(fingerprint.Hash, () => fingerprint, took)
    {
    }

    public ContentHash Hash => hash;

    public Fingerprint Fingerprint => _fingerprint.Value;

    public TimeSpan Took => took;
}
