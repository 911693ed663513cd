using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.TestKit.Contract;

/// <summary>Runs samples; what several of them need is made once.</summary>
public abstract class SampleRuns(StageSamples samples) : IDisposable
{
    private readonly Dictionary<(string Kind, string Id), ArtifactSet> _outputs = [];
    private readonly List<StageRun> _runs = [];

    public StageSamples Samples { get; } = samples;

    /// <summary>The folders of all inputs made so far.</summary>
    public IEnumerable<string> Folders => _runs.Select(run => run.Folder);

    /// <summary>What the stage gives, with all columns.</summary>
    public async Task<ArtifactSet> OutputsAsync(Sample sample)
    {
        // All examples of manifests have one id, in plans of their own.
        var key = (sample.Stage.Spec.Kind, sample.Stage.Id);
        if (_outputs.TryGetValue(key, out var known))
            return known;
        StageRun run = new();
        _runs.Add(run);
        return _outputs[key] = await RunAsync(run, sample, await InputsAsync(sample));
    }

    /// <summary>What the stage is given, tables with all columns, those that travelled past their makers among them.</summary>
    public async Task<ArtifactSet> InputsAsync(Sample sample)
    {
        Dictionary<string, IReadOnlyList<Artifact>> ports = new(StringComparer.Ordinal);
        foreach (var (port, sources) in sample.Stage.Inputs)
        {
            List<Artifact> artifacts = [];
            foreach (var source in sources)
                artifacts.Add(await OutputAsync(sample.SourceOf(source), source.Port));
            ports[port] = artifacts;
        }
        return new(ports);
    }

    private async Task<Artifact> OutputAsync(Sample maker, string port)
    {
        var outputs = await OutputsAsync(maker);
        return CarriedColumns.Beside(maker.Stage, await InputsAsync(maker), outputs)[port];
    }

    /// <summary>Runs the stage as the engine does: tables show only the columns it declares to read.</summary>
    public static Task<ArtifactSet> RunAsync(StageRun run, Sample sample, ArtifactSet inputs, CancellationToken cancellation = default) =>
        ((IStage)Activator.CreateInstance(sample.Stage.Spec.Implementation)!).RunAsync(
            Only(sample, inputs), sample.Stage.Parameters, run.Context(sample.Plan.Seed) with { Hub = HubOf(sample) }, cancellation);

    /// <summary>The folder <c>samples/hub</c> as the cache, and no network.</summary>
    private static HubAccess? HubOf(Sample sample) => sample.Stage.Repository is { FixedCommit: { } commit }
        ? new(new("http://127.0.0.1/"), Path.Combine(sample.Folder, "hub"), null, Offline: true, TimeSpan.FromSeconds(1))
        {
            Commit = commit,
        }
        : null;

    /// <summary>The inputs without the columns the stage does not declare to read.</summary>
    public static ArtifactSet Only(Sample sample, ArtifactSet inputs) =>
        new(sample.Stage.Spec.Inputs.Where(port => inputs.ByPort.ContainsKey(port.Name))
        .ToDictionary(port => port.Name, IReadOnlyList<Artifact> (port) =>
        {
            var reads = ReadColumns.Of(port, sample.Stage.Values);
            return [.. inputs.ByPort[port.Name].Select(artifact => artifact is Table table ? reads.Of(table) : artifact)];
        }));

    public void Dispose()
    {
        foreach (var run in _runs)
            run.Dispose();
        GC.SuppressFinalize(this);
    }
}
