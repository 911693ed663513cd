using System.Collections.Concurrent;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.TestKit.Engine;

/// <summary>Runs fake pipelines in a workspace; every run opens the store anew, as another process would.</summary>
public sealed class EngineRig : IProgress<RunEvent>, IDisposable
{
    private readonly bool _owned;
    private int _calls;

    public EngineRig(TempWorkspace? workspace = null)
    {
        _owned = workspace is null;
        Workspace = workspace ?? new();
        Options = new(Workspace.Root, Jobs: 2, Threads: 1, "cpu", KeepGoing: false, Only: null, new HashSet<string>(), Engine: "none");
    }

    public TempWorkspace Workspace { get; }

    public string StoreFolder => Path.Combine(Workspace.Root, ".pipelines", "v1");

    /// <summary>Of the last run.</summary>
    public ConcurrentQueue<RunEvent> Events { get; } = [];

    /// <summary>Called with each event, on the thread of the run.</summary>
    public Action<RunEvent> OnEvent { get; set; } = _ => { };

    public RunOptions Options { get; set; }

    /// <summary>Asked for what the store lacks.</summary>
    public SharedCache? Shared { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public async Task<RunRecord> RunAsync(FakePipeline pipeline, CancellationToken cancellation = default)
    {
        Events.Clear();
        using var store = OpenStore();
        return await new PipelineRunner(Storage(store), this, Time, Counting(pipeline))
            .RunAsync(pipeline.Plan(Workspace.Root), Options, cancellation);
    }

    /// <summary>The store of the workspace, as another process would open it.</summary>
    public ArtifactStore OpenStore() => new(Workspace.Root, folder => new FakeArtifactWriter(folder)) { Shared = Shared };

    public IReadOnlyList<StagePreview> Preview(FakePipeline pipeline)
    {
        using var store = new ArtifactStore(Workspace.Root, folder => new FakeArtifactWriter(folder));
        return Runner.Execution.Preview.Of(pipeline.Plan(), Options, Storage(store));
    }

    public ProjectStorage Storage(IArtifactStore store) =>
        new(store, new InputFiles(Workspace.Root, TimeProvider.System), new RunStore(Workspace.Root));

    /// <summary>How many times the function of a kind was called in all runs.</summary>
    public int Calls => _calls;

    /// <summary>
    /// <c>ran</c>, <c>reused</c>, <c>failed</c>, <c>skipped</c> or <c>interrupted</c> by stage, as one text: <c>a:ran b:reused</c>.
    /// </summary>
    public static string Outcomes(RunRecord record) =>
        string.Join(' ', record.Stages.Select(stage => $"{stage.Id}:{stage.Outcome.GetType().Name.ToLowerInvariant()}"));

    public static StageRun Stage(RunRecord record, string id) => record.Stages.Single(stage => stage.Id == id);

    public static Table TableOf(RunRecord record, string id) => (Table)Stage(record, id).Outcome.Results!["rows"];

    public static int Number(RunRecord record, string id, string column = "n") => FakeArtifactWriter.Read(TableOf(record, id), column)[0];

    public void Report(RunEvent value)
    {
        Events.Enqueue(value);
        OnEvent(value);
    }

    public void Dispose()
    {
        if (_owned)
            Workspace.Dispose();
    }

    private Func<StageSpec, IStage> Counting(FakePipeline pipeline) => spec =>
    {
        Interlocked.Increment(ref _calls);
        return pipeline.Create(spec);
    };
}
