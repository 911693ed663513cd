using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.Stages.Contracts;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Storage.Sharing;

/// <summary>Two machines with a project each; what the first makes, the second may take from a shared cache.</summary>
internal sealed class Team : IDisposable
{
    public EngineRig First { get; } = new();

    public EngineRig Second { get; private set; } = new();

    public static FakePipeline Pipeline => new FakePipeline().Add("a").Add("b", "a", with: ("add", "2"));

    /// <summary>Runs on the first machine, and gives what that made.</summary>
    public async Task<IReadOnlyList<long?>> MakeAndPushAsync(SharedCache cache)
    {
        var record = await First.RunAsync(Pipeline);
        using var store = First.OpenStore();
        List<long?> sent = [];
        foreach (var stage in record.Stages)
            sent.Add(await cache.PushAsync(store, FingerprintOf(stage), CancellationToken.None));
        return sent;
    }

    public Task<RunRecord> TakeAsync(SharedCache cache)
    {
        Second.Shared = cache;
        return Second.RunAsync(Pipeline);
    }

    /// <summary>The second machine begins anew.</summary>
    public void Renew()
    {
        Second.Dispose();
        Second = new();
    }

    public static ContentHash FingerprintOf(StageRun stage) => stage.Outcome switch
    {
        StageOutcome.Ran ran => ran.Fingerprint,
        StageOutcome.Reused reused => reused.Fingerprint,
        var other => throw new InvalidOperationException(other.ToString()),
    };

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
    }
}
