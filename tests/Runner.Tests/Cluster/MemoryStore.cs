using System.Text;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Tests.Runner.Cluster;

/// <summary>Results without files, by fingerprint; nothing is made in this process.</summary>
internal sealed class MemoryStore : IArtifactStore
{
    private readonly HashSet<string> _committed = new(StringComparer.Ordinal);

    public void Commit(string fingerprint) => _committed.Add(fingerprint);

    public StoredResult Find(ContentHash fingerprint, Fingerprint? known = null) => !_committed.Contains(fingerprint.Hex)
        ? new(null, StoredResult.NeverRan)
        : new(new(known ?? new([]), Outputs(fingerprint), TimeSpan.FromMinutes(3), "1 row", [], "elsewhere"), null);

    public void Expect(IReadOnlyCollection<ContentHash> fingerprints)
    {
    }

    public IDisposable Keep() => new MemoryStream();

    public Task<IResultClaim> ClaimAsync(
        ContentHash fingerprint, WorkFolder work, Action<string> waitingFor, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public string? Verify(Artifact artifact, bool again) => null;

    public void Evict(Artifact artifact, bool evenWhole) => throw new NotSupportedException();

    private static ArtifactSet Outputs(ContentHash fingerprint)
    {
        var hash = ContentHash.Of(Encoding.UTF8.GetBytes(fingerprint.Hex));
        Table table = new(hash, "", 1, [new("n", ColumnType.Of<int>(), hash)], hash);
        return new(new Dictionary<string, IReadOnlyList<Artifact>> { ["rows"] = [table] });
    }
}
